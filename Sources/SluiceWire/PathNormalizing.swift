/// Brings a path into the one form that routing and the upstream see.
public func normalizePath(
  _ bytes: RawSpan, _ path: ByteRange, allowingAmbiguous: Bool, into output: inout [UInt8]
) -> PathCheck {
  .asIs
}
