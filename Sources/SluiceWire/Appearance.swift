/// What bytes that should be an HTTP message look like.
public enum Appearance: UInt8, Sendable, CaseIterable {
  case http
  case plainHTTPToTLSPort
  case tlsAlert
  case tlsRecord
  case http2Preface
  case http2Frames
  case ssh
  case smtp
  case ftp
  case imapPop
  case redis
  case mysql
  case postgres
  case mongodb
  case fastcgi
  case htmlWithoutHead
  case jsonWithoutHead
  case stackTrace
  case text
  case binary
  case empty
}

extension Appearance {
  /// The name used in records and answers.
  public var identifier: String {
    switch self {
    case .http: "http"
    case .plainHTTPToTLSPort: "plain_http_to_tls_port"
    case .tlsAlert: "tls_alert"
    case .tlsRecord: "tls_record"
    case .http2Preface: "http2_preface"
    case .http2Frames: "http2_frames"
    case .ssh: "ssh"
    case .smtp: "smtp"
    case .ftp: "ftp"
    case .imapPop: "imap_pop"
    case .redis: "redis"
    case .mysql: "mysql"
    case .postgres: "postgres"
    case .mongodb: "mongodb"
    case .fastcgi: "fastcgi"
    case .htmlWithoutHead: "html_without_head"
    case .jsonWithoutHead: "json_without_head"
    case .stackTrace: "stack_trace"
    case .text: "text"
    case .binary: "binary"
    case .empty: "empty"
    }
  }

  /// What the bytes say about the peer, in one sentence.
  public var sentence: String {
    switch self {
    case .http: "The bytes begin like an HTTP/1 response."
    case .plainHTTPToTLSPort: "The peer speaks TLS on this port and said so to a plain HTTP request."
    case .tlsAlert: "The bytes are a TLS alert: the peer expects TLS on this port."
    case .tlsRecord: "The bytes are a TLS record: the peer speaks TLS on this port."
    case .http2Preface: "The bytes are the preface of an HTTP/2 client."
    case .http2Frames: "The bytes are HTTP/2 frames: the peer speaks HTTP/2 without having been asked."
    case .ssh: "The bytes are the greeting of an SSH server."
    case .smtp: "The bytes are the greeting or answer of a mail server (SMTP)."
    case .ftp: "The bytes are the greeting or answer of an FTP server."
    case .imapPop: "The bytes are the greeting of a mailbox server (IMAP or POP3)."
    case .redis: "The bytes are an answer in the Redis protocol."
    case .mysql: "The bytes are the greeting of a MySQL or MariaDB server."
    case .postgres: "The bytes are an answer of a PostgreSQL server."
    case .mongodb: "The bytes are an answer of a MongoDB server."
    case .fastcgi: "The bytes are a FastCGI record: the port wants FastCGI, not HTTP."
    case .htmlWithoutHead: "The bytes are an HTML document without a response head before it."
    case .jsonWithoutHead: "The bytes are JSON without a response head before it."
    case .stackTrace: "The bytes look like a program's stack trace or error message."
    case .text: "The bytes are text, but not HTTP."
    case .binary: "The bytes are binary and of no protocol that is known here."
    case .empty: "There are no bytes."
    }
  }
}
