import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite struct StackTraceTests {
  struct Case: Sendable {
    var file: String
    var kind: ApplicationLogNote.Kind
    var language: String
    var cause: String
    var isEnd = true
  }

  @Test(arguments: [
    Case(
      file: "node-cause", kind: .dependency, language: "node", cause: "Error: connect ECONNREFUSED 127.0.0.1:5432"),
    Case(
      file: "node-taken", kind: .cannotListen, language: "node",
      cause: "Error: listen EADDRINUSE: address already in use 127.0.0.1:34799"),
    Case(
      file: "node-refused", kind: .dependency, language: "node", cause: "Error: connect ECONNREFUSED 127.0.0.1:38421"),
    Case(
      file: "java-cause", kind: .dependency, language: "java",
      cause: "java.net.ConnectException: Connection refused: localhost/127.0.0.1:5432"),
    Case(
      file: "java-oom", kind: .outOfMemory, language: "java", cause: "java.lang.OutOfMemoryError: Java heap space"),
    Case(
      file: "python-during", kind: .stackTrace, language: "python", cause: "ZeroDivisionError: division by zero",
      isEnd: false),
    Case(
      file: "python-taken", kind: .cannotListen, language: "python",
      cause: "OSError: [Errno 98] Address already in use", isEnd: false),
    Case(
      file: "rust-panic", kind: .panic, language: "rust",
      cause: "panic: index out of bounds: the len is 0 but the index is 3"),
    Case(
      file: "swift-crash", kind: .panic, language: "swift", cause: "Fatal error: Index out of range"),
  ])
  func whatAProgramPrintedIsOneNoteWithTheInnermostCause(_ known: Case) throws {
    let notes = LogSample.notes(try LogSample.file(known.file))
    #expect(notes.count == 1)
    let note = try #require(notes.first)
    #expect(note.kind == known.kind)
    #expect(note.language == known.language)
    #expect(note.text == known.cause)
    #expect(note.isEnd == known.isEnd)
  }

  @Test func nodesEndForWantOfMemoryIsTold() throws {
    let notes = LogSample.notes(try LogSample.file("node-oom"))
    let note = try #require(notes.first { $0.kind == .outOfMemory })
    #expect(note.language == "node" && note.isEnd)
    #expect(note.text.hasPrefix("FATAL ERROR: Reached heap limit"))
  }

  @Test func eachOfPythonsChainsIsOneNote() throws {
    let notes = LogSample.notes(try LogSample.file("python-chain"))
    #expect(notes.map(\.kind) == [.listening, .error, .stackTrace, .stackTrace])
    #expect(notes[2].text == "KeyError: 'price'" && notes[3].text == "KeyError: 'price'")
    #expect(notes[0].port == 8000)
  }

  @Test func aRustProgramsPanicsAreToldApart() throws {
    let notes = LogSample.notes(try LogSample.file("rust-taken"))
    #expect(notes.map(\.kind) == [.stackTrace, .cannotListen])
    #expect(notes.map(\.isEnd) == [false, true])
    #expect(notes.first?.text == "panic: a worker has no work")
  }

  /// Programs that are not here: written after the formats that their languages document.
  @Test(arguments: [
    (
      """
      panic: runtime error: invalid memory address or nil pointer dereference
      [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x480f00]

      goroutine 1 [running]:
      main.price(...)
      \t/srv/shop/main.go:12
      main.main()
      \t/srv/shop/main.go:20 +0x1d
      exit status 2
      """, ApplicationLogNote.Kind.panic, "go",
      "panic: runtime error: invalid memory address or nil pointer dereference", true
    ),
    (
      """
      2026/11/26 17:12:11 http: panic serving 127.0.0.1:50522: the order has no price
      goroutine 20 [running]:
      net/http.(*conn).serve.func1()
      \t/usr/local/go/src/net/http/server.go:1898 +0xbe
      panic({0x6b2ee0?, 0x7a3d30?})
      \t/usr/local/go/src/runtime/panic.go:770 +0x132
      created by net/http.(*Server).Serve in goroutine 1
      \t/usr/local/go/src/net/http/server.go:3285 +0x4b4
      """, .stackTrace, "go", "panic: the order has no price", false
    ),
    (
      """
      app.rb:3:in 'Integer#/': divided by 0 (ZeroDivisionError)
      \tfrom app.rb:3:in 'Object#price'
      \tfrom app.rb:6:in '<main>'
      """, .panic, "ruby", "ZeroDivisionError: divided by 0", true
    ),
    (
      """
      app.rb:8:in 'rescue in total': no total (RuntimeError)
      \tfrom app.rb:5:in 'total'
      \tfrom app.rb:11:in '<main>'
      app.rb:6:in 'total': Connection refused - connect(2) for "127.0.0.1" port 5432 (Errno::ECONNREFUSED)
      \tfrom app.rb:11:in '<main>'
      """, .dependency, "ruby",
      "Errno::ECONNREFUSED: Connection refused - connect(2) for \"127.0.0.1\" port 5432", true
    ),
    (
      """
      PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /srv/shop/index.php:3
      Stack trace:
      #0 /srv/shop/index.php(3): PDO->__construct()
      #1 {main}

      Next RuntimeException: no shop in /srv/shop/index.php:5
      Stack trace:
      #0 {main}
        thrown in /srv/shop/index.php on line 5
      """, .dependency, "php", "PDOException: SQLSTATE[HY000] [2002] Connection refused", true
    ),
    (
      """
      Unhandled exception. System.InvalidOperationException: The shop cannot open
       ---> System.Net.Sockets.SocketException (111): Connection refused
         at Shop.Store.Open() in /srv/shop/Store.cs:line 12
         --- End of inner exception stack trace ---
         at Shop.Store.Open() in /srv/shop/Store.cs:line 16
         at Program.<Main>$(String[] args) in /srv/shop/Program.cs:line 3
      """, .dependency, "dotnet", "System.Net.Sockets.SocketException (111): Connection refused", true
    ),
    (
      """
      Error: the shop cannot open

      Caused by:
          0: reading the orders
          1: No space left on device (os error 28)
      """, .diskFull, "rust", "No space left on device (os error 28)", true
    ),
    (
      """
      2026-11-26 17:12:11.123 ERROR 7 --- [nio-8080-exec-1] o.a.c.c.C.[.[.[/].[dispatcherServlet]    : Servlet.service() threw

      java.lang.IllegalStateException: no order
      \tat com.example.Shop.order(Shop.java:31) ~[classes!/:1.0]
      \tat java.base/java.lang.Thread.run(Thread.java:840) ~[na:na]
      """, .stackTrace, "java", "java.lang.IllegalStateException: no order", false
    ),
  ])
  func tracesOfOtherLanguages(
    text: String, kind: ApplicationLogNote.Kind, language: String, cause: String, isEnd: Bool
  ) throws {
    let note = try #require(LogSample.notes(text).last)
    #expect(note.kind == kind)
    #expect(note.language == language)
    #expect(note.text == cause)
    #expect(note.isEnd == isEnd)
    #expect(LogSample.notes(text).count { $0.kind != .error } == 1)
  }

  @Test func aTraceInAFieldOfAnObjectIsRead() throws {
    let line =
      #"{"level":50,"time":1795713131000,"pid":7,"err":{"type":"TypeError","message":"no price","#
      + #""stack":"TypeError: no price\n    at price (/srv/shop/a.js:1:2)\n    at node:internal/x:3:4"},"msg":"failed"}"#
    let notes = LogSample.notes(line)
    #expect(notes.map(\.kind) == [.error, .stackTrace])
    #expect(notes.last?.text == "TypeError: no price")
    #expect(notes.first?.text == "ERROR failed: no price")
    #expect(notes.first?.process == 7)
  }

  @Test func aPrefixOfTheSupervisorDoesNotHideATrace() throws {
    let text = """
      Nov 26 17:12:11 host api[7]: Traceback (most recent call last):
      Nov 26 17:12:11 host api[7]:   File "/srv/shop/a.py", line 3, in price
      Nov 26 17:12:11 host api[7]:     return order["price"]
      Nov 26 17:12:11 host api[7]: KeyError: 'price'
      Nov 26 17:12:12 host api[7]: served
      """
    let seen = LogSample.seen(text)
    #expect(seen.notes.map(\.text) == ["KeyError: 'price'"])
    #expect(seen.notes.first?.process == 7 && seen.notes.first?.linesAfter == 1)
    let container =
      "web-1  | Traceback (most recent call last):\nweb-1  |   File \"a.py\", line 1\nweb-1  | OSError: no"
    #expect(LogSample.notes(container).map(\.text) == ["OSError: no"])
  }
}
