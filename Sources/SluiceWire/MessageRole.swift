/// Which of the two kinds of message is read. In requests ambiguity is refused; in responses what the RFC lets a
/// proxy repair is repaired.
public enum MessageRole: Sendable {
  case request
  case response
}
