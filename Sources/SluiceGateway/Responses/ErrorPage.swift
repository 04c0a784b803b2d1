internal import SluiceCore
internal import SluiceIncidents

/// The page for a browser: one file without a script or a request to anywhere, readable at any width, in light and
/// dark.
enum ErrorPage {
  /// Nothing may be loaded or run; the style stands in the page.
  static let policy: StaticString =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  private static let opening: StaticString = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>
    """

  private static let style: StaticString = """
    </title>
    <style>
    :root{--ink:#1b2430;--soft:#566273;--paper:#f6f7f9;--card:#fff;--line:#dfe3e9;--mark:#b3361e}
    @media (prefers-color-scheme:dark){:root{--ink:#e8ecf2;--soft:#9fabbb;--paper:#12161c;--card:#1a2028;--line:#2c3541;\
    --mark:#ff8a70}}
    *{box-sizing:border-box}
    body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--paper);\
    color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
    main{width:100%;max-width:38rem;background:var(--card);border:1px solid var(--line);\
    border-top:4px solid var(--mark);border-radius:.6rem;padding:clamp(1.25rem,5vw,2.5rem)}
    .status{margin:0;color:var(--mark);font-weight:600;font-variant-numeric:tabular-nums}
    h1{margin:.1rem 0 1rem;font-size:clamp(1.4rem,5vw,2rem);line-height:1.2}
    p{margin:.5rem 0}
    dl{margin:1.5rem 0 0;padding-top:1rem;border-top:1px solid var(--line);font-size:.875rem}
    dt{color:var(--soft)}dt::first-letter{text-transform:uppercase}
    dd{margin:0 0 .6rem;font-family:ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
    a{color:inherit}
    </style>
    </head>
    <body>
    <main>
    <p class="status">
    """

  static func bytes(_ words: AnswerWords) -> [UInt8] {
    [UInt8](capacity: 4096 + jsonExpansionMax * 2 * words.textBytes + 64 * words.details.count) { output in
      output.write(opening)
      output.write(decimal: UInt64(words.status))
      output.write(" ")
      output.write(reasonPhrase(words.status))
      output.write(style)
      output.write("Error ")
      output.write(decimal: UInt64(words.status))
      output.write("</p>\n<h1>")
      output.write(reasonPhrase(words.status))
      output.write("</h1>\n<p>")
      write(html: Array(words.sentence.utf8), into: &output)
      output.write("</p>\n<p>")
      write(html: Array(words.advice.utf8), into: &output)
      output.write("</p>\n")
      if let page = words.statusPage {
        output.write("<p>")
        write(link: page, into: &output)
        output.write("What ")
        output.write(decimal: UInt64(words.status))
        output.write(" means, and what to do</a></p>\n")
      }
      writeContact(words.contact, into: &output)
      output.write("<dl>\n")
      if !words.address.isEmpty { write("Address", words.address, into: &output) }
      output.write("<dt>Cause</dt><dd>")
      if let page = words.causePage { write(link: page, into: &output) }
      output.write(Array(words.cause.identifier.utf8))
      output.write(words.causePage == nil ? "</dd>\n" : "</a></dd>\n")
      output.write("<dt>Reference</dt><dd>")
      output.write(words.id)
      output.write("</dd>\n")
      for (name, value) in words.details { write(name, Array(value.utf8), into: &output) }
      output.write("</dl>\n</main>\n</body>\n</html>\n")
    }
  }

  private static func write(_ name: StaticString, _ value: [UInt8], into output: inout OutputSpan<UInt8>) {
    output.write("<dt>")
    output.write(name)
    output.write("</dt><dd>")
    write(html: value, into: &output)
    output.write("</dd>\n")
  }

  private static func write(link: [UInt8], into output: inout OutputSpan<UInt8>) {
    output.write("<a href=\"")
    write(html: link, into: &output)
    output.write("\">")
  }

  /// A link only for the schemes that a contact has; a `javascript:` in a configuration stays text.
  private static func writeContact(_ contact: String?, into output: inout OutputSpan<UInt8>) {
    guard let contact else { return }
    let bytes = Array(contact.utf8)
    output.write("<p>Contact: ")
    if ["mailto:", "https:", "http:", "tel:"].contains(where: { contact.lowercased().hasPrefix($0) }) {
      write(link: bytes, into: &output)
      write(html: contact.hasPrefix("mailto:") ? Array(bytes.dropFirst(7)) : bytes, into: &output)
      output.write("</a>")
    } else {
      write(html: bytes, into: &output)
    }
    output.write("</p>\n")
  }

  /// Text that cannot become markup: at most six bytes for each. What is not printable ASCII becomes a question mark in
  /// peers' bytes; our own sentences are ASCII.
  static func write(html text: [UInt8], into output: inout OutputSpan<UInt8>) {
    for byte in text {
      switch byte {
      case 0x26: output.write("&amp;")
      case 0x3C: output.write("&lt;")
      case 0x3E: output.write("&gt;")
      case 0x22: output.write("&quot;")
      case 0x27: output.write("&#39;")
      case 0x60: output.write("&#96;")
      case 0x20...0x7E: output.write(byte: byte)
      default: output.write("?")
      }
    }
  }
}
