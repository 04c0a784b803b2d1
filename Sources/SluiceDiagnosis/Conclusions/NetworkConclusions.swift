internal import SluiceIncidents

/// What names, connections and responses explain.
enum NetworkConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] { [] }
}
