internal import Foundation

/// Runs blocking work on a thread of its own: the threads of the runtime must not wait for a socket.
///
/// The work stays part of the caller's task, so that an expectation that fails in it is told as the caller's test's.
public func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withTaskExecutorPreference(OwnThread()) { try work() }
}

/// Each job of a task gets a thread.
private final class OwnThread: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let (job, executor) = (UnownedJob(job), asUnownedTaskExecutor())
    Thread.detachNewThread { job.runSynchronously(on: executor) }
  }
}

/// Asks until the answer is yes or the time is over.
///
/// - Returns: whether it became yes.
public func eventually(
  within seconds: Double = 15, _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let deadline = ContinuousClock.now + .milliseconds(Int64(seconds * 1000))
  while try await !condition() {
    if ContinuousClock.now > deadline { return false }
    try? await Task.sleep(for: .milliseconds(5))
  }
  return true
}

/// Does the work for each item, a few of them at a time.
public func inParallel<Item: Sendable>(
  _ items: [Item], width: Int, _ work: @escaping @Sendable (Item) async throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    var rest = items[...]
    for item in rest.prefix(width) { group.addTask { try await work(item) } }
    rest = rest.dropFirst(width)
    while try await group.next() != nil {
      if let item = rest.popFirst() { group.addTask { try await work(item) } }
    }
  }
}

public func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

/// Carries a value from one thread to the next, where the test uses it on one at a time.
public final class UncheckedBox<Value>: @unchecked Sendable {
  public let value: Value
  public init(_ value: Value) { self.value = value }
}
