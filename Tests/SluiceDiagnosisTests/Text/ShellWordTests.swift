@testable import SluiceDiagnosis
import Foundation
import Testing

@Suite("Words of a command")
struct ShellWordTests {
  @Test(
    "a plain word stays, any other is quoted",
    arguments: [
      ("api.internal", "api.internal"), ("127.0.0.1:3000", "127.0.0.1:3000"),
      ("'; rm -rf /", #"''\''; rm -rf /'"#), ("a b", "'a b'"), ("$(reboot)", "'$(reboot)'"), ("~root", "'~root'"),
      ("a*", "'a*'"), ("ä", "'ä'"), (#"a\"#, #"'a\'"#), ("http://[::1]:3000/", "'http://[::1]:3000/'"),
    ])
  func quoted(_ value: String, _ word: String) {
    #expect(ShellWord(value)?.text == word)
  }

  @Test(
    "what cannot be shown as it would be run makes no word", arguments: ["", "a\nb", "\u{1B}[2J", "a\u{202E}b", "\0"])
  func refused(_ value: String) {
    #expect(ShellWord(value) == nil)
  }

  @Test("an operand is no option", arguments: ["-oProxyCommand=x", "+short", "@127.0.0.1"])
  func operand(_ value: String) {
    #expect(ShellWord(operand: value) == nil)
    #expect(ShellWord(value) != nil)
  }

  @Test("a word is bounded")
  func bound() {
    #expect(ShellWord(String(repeating: "a", count: ShellWord.lengthMax)) != nil)
    #expect(ShellWord(String(repeating: "a", count: ShellWord.lengthMax + 1)) == nil)
  }

  /// The shell itself is the judge: each word comes out as the one argument that went in.
  @Test(
    "a real shell reads each word back", arguments: ["'; rm -rf /", "''", "a'b'c", "$HOME `id` \\ \"x\" !! *", "-n"])
  func shell(_ value: String) throws {
    let word = try #require(ShellWord(value))
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf '<%s>' \(word.text)"]
    process.standardOutput = output
    try process.run()
    let bytes = try #require(try output.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    #expect(String(decoding: bytes, as: UTF8.self) == "<\(value)>")
  }
}
