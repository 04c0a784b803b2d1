/// A stream as its connection sees it when it sends.
protocol HTTP2Sender: AnyObject {
  var id: UInt32 { get }
  var outgoing: HTTP2Outgoing { get set }
  /// Fewer bytes wait than before.
  func sentSome()
  /// The end of the stream was written.
  func sentEnd()
}
