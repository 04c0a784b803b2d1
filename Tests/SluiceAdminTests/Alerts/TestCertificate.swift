import NIOSSL

/// A certificate for 127.0.0.1 that nobody trusts, with its key. It protects nothing and is valid until 2126.
enum TestCertificate {
  static let pem = """
    -----BEGIN CERTIFICATE-----
    MIIBlDCCATqgAwIBAgIUCGNR/XC5yPB5gjcCCuxiauzq4j4wCgYIKoZIzj0EAwIw
    FjEUMBIGA1UEAwwLc2x1aWNlIHRlc3QwIBcNMjYxMTI0MDQxMTU3WhgPMjEyNjEw
    MzEwNDExNTdaMBYxFDASBgNVBAMMC3NsdWljZSB0ZXN0MFkwEwYHKoZIzj0CAQYI
    KoZIzj0DAQcDQgAEOzCK/cgly1OKAn0zz6uEpUNhXt+JxzJrozM9baMVkgA3CL3D
    JYOVHG4dc0snzGNqOdrpuy70NkI+McgNB5mgVKNkMGIwHQYDVR0OBBYEFHL/G9ik
    C107RFUUgCc9wBvQ85EWMB8GA1UdIwQYMBaAFHL/G9ikC107RFUUgCc9wBvQ85EW
    MA8GA1UdEwEB/wQFMAMBAf8wDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNI
    ADBFAiB1rWQcrzWmYGgw61iESPAe+Dnr3OGVKmdgaVEoF8mnRAIhAKStf+uo7XSZ
    RKrfH4oWzr17JUUQgeTAIwrKmHs8KOlc
    -----END CERTIFICATE-----
    """

  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUkspN9f9TJGvB4NU
    QoVQatoVfxPZcI1KFES1wiFCE36hRANCAAQ7MIr9yCXLU4oCfTPPq4SlQ2Fe34nH
    MmujMz1toxWSADcIvcMlg5Ucbh1zSyfMY2o52um7LvQ2Qj4xyA0HmaBU
    -----END PRIVATE KEY-----
    """

  static func certificate() throws -> NIOSSLCertificate { try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem) }

  static func serverContext() throws -> NIOSSLContext {
    let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: [.certificate(try certificate())], privateKey: .privateKey(key)))
  }
}
