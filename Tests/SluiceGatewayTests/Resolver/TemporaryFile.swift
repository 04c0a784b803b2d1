import Glibc

/// A file of the system as a test writes it, gone at the end of the test.
struct TemporaryFile: ~Copyable {
  struct Failure: Error {
    let errno: Int32
  }

  let path: String
  private let descriptor: Int32

  init(_ text: String) throws {
    var template = Array("/tmp/sluice-test-XXXXXX".utf8CString)
    let made = mkstemp(&template)
    guard made >= 0 else { throw Failure(errno: errno) }
    try Self.write(text, to: made)
    descriptor = made
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func append(_ text: String) throws { try Self.write(text, to: descriptor) }

  private static func write(_ text: String, to descriptor: Int32) throws {
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(errno: errno) }
  }

  deinit {
    close(descriptor)
    unlink(path)
  }
}
