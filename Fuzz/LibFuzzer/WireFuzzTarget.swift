import WireProperties

/// The entry that libFuzzer calls with each input. libfuzzer-wire.sh builds it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  if let broken = WireProperties.broken(by: input) { fatalError(broken) }
  return 0
}
