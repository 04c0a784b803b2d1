internal import Glibc
internal import SluiceConfiguration
internal import SluiceCore

/// The text of a PEM file, and what kinds of things are in it.
struct PEMText {
  /// Bytes of a file: a chain, or the authorities of a large organisation.
  static let bytesMax = 4 << 20

  let bytes: [UInt8]
  /// What stands between `-----BEGIN ` and `-----`, in order.
  let labels: [String]

  var hasCertificate: Bool { labels.contains { $0.hasSuffix("CERTIFICATE") } }
  var hasKey: Bool { labels.contains { $0.hasSuffix("PRIVATE KEY") } }

  /// A key that needs a passphrase, in either form.
  var isEncrypted: Bool {
    if labels.contains("ENCRYPTED PRIVATE KEY") { return true }
    let mark = Array("Proc-Type: 4,ENCRYPTED".utf8)
    return bytes.split(separator: 0x0A).contains { $0.starts(with: mark) }
  }

  static func isReadableByOthers(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IROTH != 0
  }

  /// - Throws: a finding that says what to do.
  init(_ file: FileReference, as role: StaticString) throws(FileFinding) {
    bytes = try Self.read(file, as: role)
    labels = Self.labels(of: bytes)
    guard !labels.isEmpty else { throw file.finding(role, Self.whyNotPEM(bytes, file)) }
  }

  private static func whyNotPEM(_ bytes: [UInt8], _ file: FileReference) -> String {
    if bytes.isEmpty { return "the file is empty" }
    // DER: a sequence with a length of two bytes.
    if bytes.starts(with: [0x30, 0x82]) {
      return "the file is binary (DER or PKCS#12), not PEM; convert it with openssl x509, pkey or pkcs12"
    }
    return "the file is not PEM: no line in it begins with -----BEGIN"
  }

  private static func labels(of bytes: [UInt8]) -> [String] {
    let begin = Array("-----BEGIN ".utf8)
    return bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
      guard line.starts(with: begin) else { return nil }
      return String(decoding: line.dropFirst(begin.count).prefix { $0 != 0x2D }, as: UTF8.self)
    }
  }

  private static func read(_ file: FileReference, as role: StaticString) throws(FileFinding) -> [UInt8] {
    // O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
    let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw file.finding(role, reason(errno, file.path)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw file.finding(role, reason(errno, file.path)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw file.finding(role, "this is a directory; name the file in it")
    default: throw file.finding(role, "this is not a regular file")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw file.finding(role, reason(errno, file.path)) }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
      if bytes.count > bytesMax { throw file.finding(role, "the file is larger than 4 MiB") }
    }
  }

  private static func reason(_ code: Int32, _ path: String) -> String {
    switch code {
    case ENOENT:
      return path.hasPrefix("/")
        ? "no such file" : "no such file in \(workingDirectory), which relative names start from"
    case EACCES: return "permission denied\(obstacle(path)); the gateway runs as user \(getuid())"
    default: return String(cString: strerror(code))
    }
  }

  /// The folder on the way that may not be entered, where it is one.
  private static func obstacle(_ path: String) -> String {
    var folder = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      folder += part + "/"
      if access(folder, X_OK) != 0 { return ": the folder \(folder) may not be entered" }
    }
    return ""
  }

  private static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "the working directory" }
    defer { free(path) }
    return String(cString: path)
  }
}

extension FileReference {
  func finding(
    _ role: StaticString, _ what: String, severity: Diagnostic.Severity = .error
  ) -> FileFinding {
    FileFinding(severity: severity, what: "'\(role)' is '\(shown)': \(what)", position: position)
  }
}
