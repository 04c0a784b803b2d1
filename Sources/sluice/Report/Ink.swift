/// Colours, as the numbers of SGR (ECMA-48): each of them is one of the reader's own sixteen.
enum Ink: String, Sendable {
  case bold = "1"
  case dim = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case cyan = "36"
  case boldRed = "1;31"
}
