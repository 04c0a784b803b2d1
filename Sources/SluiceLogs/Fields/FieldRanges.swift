/// The memory of a `FieldSet`.
final class FieldRanges {
  /// The lower bound in the lower half, the upper in the upper one.
  var bounds = InlineArray<64, UInt64>(repeating: 0)
  var present: UInt64 = 0
  var quoted: UInt64 = 0
  var isJSON = false
  var writer: LogProduct?
}
