/// Where a path with its query ends in a text.
///
/// # Why this way
/// A query may hold whatever a client sends: `filter[name]`, `(`, `'`. What ended the path at such a letter would show
/// the rest of the query. A bracket or an apostrophe ends it only where the one that it closes stands before the path.
struct PathEnd {
  /// Bytes before the path in which what encloses it is looked for.
  static let lookMax = 512

  let end: Int

  init(_ bytes: [UInt8], _ start: Int) {
    let around = Around(bytes, start)
    var (square, round) = (0, 0)
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x22 {
      switch bytes[end] {
      case 0x5C where end + 1 < bytes.count && bytes[end + 1] == 0x22:
        // The quote that encloses the path, where that one is escaped; else one of the path's own.
        if around.isQuoteEscaped {
          self.end = end
          return
        }
        end += 1
      case 0x27 where around.isQuoted:
        self.end = end
        return
      case 0x5B: square += 1
      case 0x28: round += 1
      case 0x5D:
        if square == 0, around.isInSquare {
          self.end = end
          return
        }
        square = max(square - 1, 0)
      case 0x29:
        if round == 0, around.isInRound {
          self.end = end
          return
        }
        round = max(round - 1, 0)
      default: break
      }
      end += 1
    }
    self.end = min(end, bytes.count)
  }

  /// What is open where the path begins, within the quotes that it stands in.
  private struct Around {
    var isInSquare = false
    var isInRound = false
    /// An apostrophe begins the path's word.
    var isQuoted = false
    /// The quote before it has a backslash: a text within a text.
    var isQuoteEscaped = false

    init(_ bytes: [UInt8], _ start: Int) {
      var (square, round) = (0, 0)
      var isInWord = true
      var position = start
      while position > max(0, start - PathEnd.lookMax) {
        position -= 1
        switch bytes[position] {
        case 0x22:
          isQuoteEscaped = position > 0 && bytes[position - 1] == 0x5C
          return
        case 0x27: isQuoted = isQuoted || isInWord
        case 0x5D: square += 1
        case 0x29: round += 1
        case 0x5B: if square == 0 { isInSquare = true } else { square -= 1 }
        case 0x28: if round == 0 { isInRound = true } else { round -= 1 }
        case ...0x20: isInWord = false
        default: break
        }
      }
    }
  }
}
