/// What the built-in origin says.
enum BuiltInPages {
  static func script(for request: LabRequest) -> [Step]? {
    switch request.path {
    case "/":
      let isBrowser = request.field("accept")?.contains("text/html") == true
      return isBrowser
        ? Reply.text(html, for: request, type: "text/html; charset=utf-8")
        : Reply.text(text, for: request, type: "text/plain; charset=utf-8")
    case "/healthz": return Reply.text("ok\n", for: request)
    default: return nil
    }
  }

  static let links: [(path: String, what: String)] = [
    ("/head", "your request as it arrived here, byte for byte"),
    ("/echo", "the body that you send"),
    ("/connection", "which connection this came on, and how often it was used"),
    ("/bytes/100000", "a body of that many bytes"),
    ("/chunked/100000", "the same in chunks"),
    ("/delay/500", "an answer after that many milliseconds"),
    ("/status/503", "that status, as an application would send it"),
    ("/healthz", "ok"),
  ]

  static let text =
    """
    It works: the gateway has passed your request on, and this is the built-in origin.

    Put your own application behind it with TO=http://host:port.

    Paths to try:

    """ + links.map { "  \(padded($0.path, to: 17))\($0.what)\n" }.joined()

  static let html =
    """
    <!DOCTYPE html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The built-in origin</title>
    <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }</style>
    <h1>It works</h1>
    <p>The gateway has passed your request on, and this is the built-in origin.</p>
    <p>Put your own application behind it with <code>TO=http://host:port</code>.</p>
    <h2>Paths to try</h2>
    <ul>

    """ + links.map { "<li><a href=\"\($0.path)\"><code>\($0.path)</code></a> \($0.what)\n" }.joined()
    + "</ul>\n</html>\n"

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
