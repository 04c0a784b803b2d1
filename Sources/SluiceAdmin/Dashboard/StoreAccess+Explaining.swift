internal import NIOPosix
internal import SluiceIncidents

extension StoreAccess {
  /// Why nothing of the store can be told, in a sentence.
  struct Absence: Error, Equatable {
    var sentence: String
  }

  /// Reads the store for a page, which tells why there is nothing.
  func explained<Value: Sendable>(
    _ body: @escaping @Sendable (IncidentReader, _ now: Int64) throws -> Value
  ) async -> Result<Value, Absence> {
    let source = source
    let read = try? await NIOThreadPool.singleton.runIfActive { () -> Result<Value, Absence> in
      do {
        guard let reader = try source.store() else {
          return .failure(Absence(sentence: "No incidents are kept: the configuration says incidents: { store: off }."))
        }
        return .success(try body(reader, source.wallTime()))
      } catch {
        return .failure(Absence(sentence: "The incidents cannot be read: \(error)."))
      }
    }
    return read ?? .failure(Absence(sentence: "The gateway is stopping."))
  }
}
