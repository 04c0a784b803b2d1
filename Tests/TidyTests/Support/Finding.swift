/// A place where a rule does not hold.
struct Finding: CustomStringConvertible {
  var path: String
  /// From 1.
  var line: Int
  var what: String
  var why: String
  var instead: String

  var description: String { "\(path):\(line): \(what). Why: \(why). Do: \(instead)." }
}
