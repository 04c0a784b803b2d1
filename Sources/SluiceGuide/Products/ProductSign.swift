public import SluiceCore

/// What one product shows for some causes: a line of its log, a flag, a field.
public struct ProductSign: Equatable, Sendable {
  public let product: Product
  /// The likeliest first. More than one where the product writes the same for several.
  public let causes: [Cause]
  /// What the client gets; nil where it was sent before, or is not fixed.
  public let status: Int?
  /// What is written, `…` for what varies.
  public let text: String
  /// Short signs by which it is asked for, such as `SC` or `UF`.
  public let keys: [String]
  public let note: String?

  init(
    _ product: Product, _ causes: [Cause], _ status: Int?, _ text: String, keys: [String] = [], note: String? = nil
  ) {
    self.product = product
    self.causes = causes
    self.status = status
    self.text = text
    self.keys = keys
    self.note = note
  }
}
