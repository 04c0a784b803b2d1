/// One worker's tallies of one kind, by name, no more than a number of them.
///
/// They are looked up once for each generation of the configuration; what counts holds the tally itself. A name that a
/// reload removed keeps its tally, so that nothing falls and what ends late is still told, until its place is needed.
struct TallyShelf<Name: Hashable, Tally: AnyObject> {
  let countMax: Int
  /// The name that all names beyond the bound share.
  private let other: Name
  private let make: () -> Tally
  private(set) var tallies: [Name: Tally] = [:]
  /// Names of the present generation that share one tally.
  private(set) var leftOut = 0

  /// - Parameter countMax: tallies, that of `other` included.
  init(countMax: Int, other: Name, make: @escaping () -> Tally) {
    self.countMax = countMax
    self.other = other
    self.make = make
  }

  /// The tallies of a generation's names, in their order. A name that is given twice has one.
  mutating func adopt(_ names: [Name]) -> [Tally] {
    let wanted = Set(names)
    let added = wanted.count { tallies[$0] == nil }
    if tallies.count + added > countMax - 1 {
      tallies = tallies.filter { wanted.contains($0.key) || $0.key == other }
    }
    var without: Set<Name> = []
    let adopted = names.map { name in
      if let known = tallies[name] { return known }
      let room = countMax - (tallies[other] == nil ? 1 : 0)
      guard tallies.count < room else {
        without.insert(name)
        return tally(of: other)
      }
      return tally(of: name)
    }
    leftOut = without.count
    return adopted
  }

  private mutating func tally(of name: Name) -> Tally {
    let tally = tallies[name] ?? make()
    tallies[name] = tally
    return tally
  }
}
