/// The beginning of what an endpoint sent.
public struct FirstBytes: Equatable, Sendable, Codable {
  /// Bytes that are kept at most.
  public static let countMax = 512

  /// Printable ASCII as it is; `\r`, `\n`, `\t`, `\\` and `\xHH` for the rest. Values of secret fields are blanked.
  public var text: String
  /// Bytes that `text` stands for.
  public var count: Int
  /// Whether more had arrived than is kept.
  public var isCut: Bool
  /// What the bytes look like, as an identifier of `Appearance`; nil where they look like HTTP.
  public var looksLike: String?

  public init(text: String, count: Int, isCut: Bool, looksLike: String?) {
    self.text = text
    self.count = count
    self.isCut = isCut
    self.looksLike = looksLike
  }
}
