internal import SluiceCore
internal import SluiceIncidents

/// The body for a terminal: a few short lines.
enum ErrorText {
  static func bytes(_ words: AnswerWords) -> [UInt8] {
    [UInt8](capacity: 512 + jsonExpansionMax * words.textBytes) { output in
      output.write(decimal: UInt64(words.status))
      output.write(" ")
      output.write(reasonPhrase(words.status))
      output.write("\n\n")
      output.write(Array(words.sentence.utf8))
      output.write("\n")
      output.write(Array(words.advice.utf8))
      output.write("\n\ncause: ")
      output.write(Array(words.cause.identifier.utf8))
      output.write("\nreference: ")
      output.write(words.id)
      output.write("\n")
      for (name, value) in words.details {
        output.write(name)
        output.write(": ")
        output.write(json: Array(value.utf8))
        output.write("\n")
      }
      if let page = words.statusPage {
        output.write("guide: ")
        output.write(json: page)
        output.write("\n")
      }
      if let contact = words.contact {
        output.write("contact: ")
        output.write(json: Array(contact.utf8))
        output.write("\n")
      }
    }
  }
}
