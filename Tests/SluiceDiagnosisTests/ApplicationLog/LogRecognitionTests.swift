import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite struct LogRecognitionTests {
  @Test(arguments: [
    ("INFO:     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)", UInt16(8000)),
    ("[2026-11-26 17:12:11 +0000] [7] [INFO] Listening at: http://0.0.0.0:8001 (7)", 8001),
    (" * Running on http://127.0.0.1:5000", 5000),
    ("Starting development server at http://127.0.0.1:8080/", 8080),
    ("Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...", 8000),
    (
      "2026-11-26 17:12:11.1  INFO 7 --- [main] o.s.b.w.e.tomcat.TomcatWebServer  : Tomcat started on port 8080 (http)",
      8080
    ),
    ("INFO: Tomcat started on port(s): 9090 (http) with context path ''", 9090),
    ("Netty started on port 7070", 7070),
    ("Started ServerConnector@1a2b3c{HTTP/1.1, (http/1.1)}{0.0.0.0:8088}", 8088),
    ("      Now listening on: http://localhost:5001", 5001),
    ("* Listening on http://127.0.0.1:9292", 9292),
    ("I, [2026-11-26T17:12:11.1 #7]  INFO -- : listening on addr=0.0.0.0:8082 fd=7", 8082),
    ("INFO  WEBrick::HTTPServer#start: pid=7 port=3030", 3030),
    ("[Thu Nov 26 17:12:11 2026] PHP 8.3.0 Development Server (http://localhost:8003) started", 8003),
    ("[INFO] starting service: \"actix-web-service-127.0.0.1:8084\", workers: 2, listening on: 127.0.0.1:8084", 8084),
    ("Rocket has launched from http://127.0.0.1:8001", 8001),
    ("2026-11-26T17:12:11Z info app : [Hummingbird] Server started and listening on 127.0.0.1:8085", 8085),
    ("[ NOTICE ] Server started on http://127.0.0.1:8086", 8086),
    ("   - Local:        http://localhost:3000", 3000),
    ("{\"level\":30,\"time\":1795713131000,\"msg\":\"Server listening at http://[::1]:3001\"}", 3001),
    ("App listening on port 3002!", 3002), ("Listening on :3003", 3003), ("listening 3004", 3004),
    ("[GIN-debug] Listening and serving HTTP on :8087", 8087), ("⇨ http server started on [::]:1323", 1323),
    ("server listening on [::]:8443", 8443), ("Server running at http://localhost/", 80),
  ])
  func theLineThatTellsThePort(line: String, port: UInt16) {
    let notes = LogSample.notes(line)
    #expect(notes.map(\.kind) == [.listening])
    #expect(notes.first?.port == port)
  }

  @Test(arguments: [
    (
      "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory",
      ApplicationLogNote.Kind.outOfMemory
    ),
    (
      "PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes) in /a.php",
      .outOfMemory
    ),
    ("fatal error: runtime: out of memory", .outOfMemory),
    ("memory allocation of 4294967296 bytes failed", .outOfMemory),
    ("[FATAL] failed to allocate memory (NoMemoryError)", .outOfMemory),
    ("fork/exec /bin/true: cannot allocate memory", .memoryRefused),
    ("java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory", .memoryRefused),
    ("api.service: Failed with result 'oom-kill'.", .outOfMemoryKill),
    ("Killed", .killed), ("run.sh: line 3:  4711 Killed                  node app.js", .killed),
    ("api.service: Main process exited, code=killed, status=9/KILL", .killed),
    ("[2026-11-26 17:12:11 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)", .workerTimeout),
    ("[2026-11-26 17:12:12 +0000] [7] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?", .workerEnded),
    ("Thu Nov 26 17:12:11 2026 - *** HARAKIRI ON WORKER 1 (pid: 9, try: 1) ***", .workerTimeout),
    (
      "[26-Nov-2026 17:12:11] WARNING: [pool www] server reached pm.max_children setting (5), consider raising it",
      .workersExhausted
    ),
    (
      "[26-Nov-2026 17:12:11] WARNING: [pool www] child 9, script '/a.php' (request: \"GET /a.php\") execution timed out (31.2 sec), terminating",
      .workerTimeout
    ),
    ("[7] ! Terminating timed out worker (Worker 0 failed to check in within 60 seconds): 9", .workerTimeout),
    ("E, [2026-11-26T17:12:11.1 #7] ERROR -- : worker=0 PID:9 timeout (61s > 60s), killing", .workerTimeout),
    ("accept: too many open files", .descriptorsExhausted),
    ("Error: EMFILE: too many open files, open 'a'", .descriptorsExhausted),
    ("OSError: [Errno 28] No space left on device: 'a'", .diskFull),
    ("Web server failed to start. Port 8080 was already in use.", .cannotListen),
    ("[2026-11-26 17:12:11 +0000] [7] [ERROR] Connection in use: ('127.0.0.1', 8000)", .cannotListen),
    ("Error: listen EACCES: permission denied 0.0.0.0:80", .cannotListen),
    ("listen tcp :8080: bind: address already in use", .cannotListen),
    ("System.IO.IOException: Failed to bind to address http://127.0.0.1:5000: address already in use.", .cannotListen),
    ("[2026-11-26 17:12:11 +0000] [7] [INFO] Handling signal: term", .stopping),
    ("2026-11-26 17:12:11 INFO Commencing graceful shutdown. Waiting for active requests to complete", .stopping),
    ("dial tcp 10.0.0.9:5432: i/o timeout", .dependencyLate),
    ("HikariPool-1 - Connection is not available, request timed out after 30000ms.", .dependencyLate),
    ("KnexTimeoutError: Knex: Timeout acquiring a connection. The pool is probably full.", .dependencyLate),
    ("psycopg.OperationalError: connection timeout expired", .dependencyLate),
    ("dial tcp 127.0.0.1:5432: connect: connection refused", .dependency),
    ("getaddrinfo ENOTFOUND db.internal", .dependency),
    ("FATAL: sorry, too many clients already", .dependency),
    ("WARN  something is odd\nERROR no price", .error),
    ("E1126 17:12:11.123456       7 main.go:7] no price", .error),
  ])
  func theLineThatTellsWhatHappened(line: String, kind: ApplicationLogNote.Kind) {
    #expect(LogSample.notes(line).last?.kind == kind)
  }

  @Test(arguments: [
    "GET / 200 in 3 ms", "Debugger listening on ws://127.0.0.1:9229/0f2c", "no errors were found",
    "listening for changes",
    "192.0.2.7 - - [26/Nov/2026:17:12:11 +0000] \"GET /?q=EMFILE HTTP/1.1\" 200 2 \"-\" \"Killed\"",
    "an error-prone thing", "", "   ", "{}",
  ])
  func whatIsOrdinaryIsNoNote(line: String) {
    #expect(LogSample.notes(line).isEmpty)
  }

  @Test func thePortOfADependencyIsTold() {
    #expect(LogSample.notes("2026-11-26 17:12:11 connect ECONNREFUSED 10.0.0.9:6379").first?.port == 6379)
    let postgres = #"connection to server at "db" (10.0.0.9), port 5433 failed: Connection refused"#
    #expect(LogSample.notes(postgres).first?.port == 5433)
    #expect(LogSample.notes("2026-11-26 17:12:11 connection refused").first?.port == nil)
  }
}
