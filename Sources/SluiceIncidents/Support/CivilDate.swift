/// A moment in the proleptic Gregorian calendar, UTC.
package struct CivilDate: Equatable, Sendable {
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int
  /// 0 is Sunday.
  package var weekday: Int

  /// Years are counted from March, so that the leap day is the last of a year and months follow one formula.
  package init(unixSeconds: Int64) {
    let seconds = Int(unixSeconds)
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let ofDay = seconds - day * 86_400
    hour = ofDay / 3600
    minute = ofDay / 60 % 60
    second = ofDay % 60
    weekday = ((day + 4) % 7 + 7) % 7
    // Days since 1 March of the year 0; a cycle of 400 years has 146,097 of them.
    let shifted = day + 719_468
    let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofCycle = shifted - cycle * 146_097
    let yearOfCycle = (ofCycle - ofCycle / 1460 + ofCycle / 36_524 - ofCycle / 146_096) / 365
    let ofYear = ofCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * ofYear + 2) / 153
    self.day = ofYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
  }
}
