/// The rules of HTTP/1 that a peer can break, one case each.
///
/// `identifier` is stable: it stands in records, logs and answers. Where a rule can be broken in requests and responses
/// the status is that of a request; a response that breaks a rule is a gateway's 502.
public enum WireRule: UInt8, CaseIterable, Hashable, Sendable {
  case methodSyntax
  case leadingBlankLines
  case startLineSyntax
  case versionMissing
  case versionSyntax
  case versionUnsupported
  case targetCharacter
  case targetForm
  case targetAsterisk
  case targetConnect
  case targetAuthority
  case hostMissing
  case hostDuplicate
  case hostInvalid
  case hostMismatch
  case nul
  case bareCarriageReturn
  case bareLineFeed
  case controlCharacter
  case fieldNameEmpty
  case fieldNameSyntax
  case fieldColonMissing
  case fieldNameConfusable
  case whitespaceBeforeColon
  case whitespaceBeforeFirstField
  case obsoleteFolding
  case connectionOption
  case connectionOptionsExcess
  case connectionNamesEssential
  case lineTooLong
  case headTooLarge
  case fieldTooLarge
  case tooManyFields
  case contentLengthSyntax
  case contentLengthOverflow
  case contentLengthRepeated
  case contentLengthConflict
  case contentLengthWithTransferEncoding
  case transferEncodingInHTTP10
  case transferCodingSyntax
  case transferCodingUnknown
  case chunkedNotFinal
  case chunkedRepeated
  case chunkSizeSyntax
  case chunkSizeOverflow
  case chunkExtensionSyntax
  case chunkExtensionsTooLong
  case chunkLineEnd
  case chunkDataEnd
  case trailerTooLarge
  case tooManyTrailers
  case trailerLineEnd
  case notHTTP
  case statusLineSyntax
  case statusCode
  case pathEscape
  case pathCharacter
  case pathNul
  case pathEncodedSlash
  case pathBackslash
  case pathAboveRoot
  case fieldNameUppercase
  case fieldValueSpace
  case connectionField
  case pseudoFieldUnknown
  case pseudoFieldRepeated
  case pseudoFieldMisplaced
  case pseudoFieldMissing
  case pseudoFieldInvalid
  case contentLengthMismatch

  /// The name used in records and answers.
  public var identifier: String {
    switch self {
    case .methodSyntax: "method_syntax"
    case .leadingBlankLines: "leading_blank_lines"
    case .startLineSyntax: "start_line_syntax"
    case .versionMissing: "version_missing"
    case .versionSyntax: "version_syntax"
    case .versionUnsupported: "version_unsupported"
    case .targetCharacter: "target_character"
    case .targetForm: "target_form"
    case .targetAsterisk: "target_asterisk"
    case .targetConnect: "target_connect"
    case .targetAuthority: "target_authority"
    case .hostMissing: "host_missing"
    case .hostDuplicate: "host_duplicate"
    case .hostInvalid: "host_invalid"
    case .hostMismatch: "host_mismatch"
    case .nul: "nul"
    case .bareCarriageReturn: "bare_carriage_return"
    case .bareLineFeed: "bare_line_feed"
    case .controlCharacter: "control_character"
    case .fieldNameEmpty: "field_name_empty"
    case .fieldNameSyntax: "field_name_syntax"
    case .fieldColonMissing: "field_colon_missing"
    case .fieldNameConfusable: "field_name_confusable"
    case .whitespaceBeforeColon: "whitespace_before_colon"
    case .whitespaceBeforeFirstField: "whitespace_before_first_field"
    case .obsoleteFolding: "obsolete_folding"
    case .connectionOption: "connection_option"
    case .connectionOptionsExcess: "connection_options_excess"
    case .connectionNamesEssential: "connection_names_essential"
    case .lineTooLong: "line_too_long"
    case .headTooLarge: "head_too_large"
    case .fieldTooLarge: "field_too_large"
    case .tooManyFields: "too_many_fields"
    case .contentLengthSyntax: "content_length_syntax"
    case .contentLengthOverflow: "content_length_overflow"
    case .contentLengthRepeated: "content_length_repeated"
    case .contentLengthConflict: "content_length_conflict"
    case .contentLengthWithTransferEncoding: "content_length_with_transfer_encoding"
    case .transferEncodingInHTTP10: "transfer_encoding_in_http10"
    case .transferCodingSyntax: "transfer_coding_syntax"
    case .transferCodingUnknown: "transfer_coding_unknown"
    case .chunkedNotFinal: "chunked_not_final"
    case .chunkedRepeated: "chunked_repeated"
    case .chunkSizeSyntax: "chunk_size_syntax"
    case .chunkSizeOverflow: "chunk_size_overflow"
    case .chunkExtensionSyntax: "chunk_extension_syntax"
    case .chunkExtensionsTooLong: "chunk_extensions_too_long"
    case .chunkLineEnd: "chunk_line_end"
    case .chunkDataEnd: "chunk_data_end"
    case .trailerTooLarge: "trailer_too_large"
    case .tooManyTrailers: "too_many_trailers"
    case .trailerLineEnd: "trailer_line_end"
    case .notHTTP: "not_http"
    case .statusLineSyntax: "status_line_syntax"
    case .statusCode: "status_code"
    case .pathEscape: "path_escape"
    case .pathCharacter: "path_character"
    case .pathNul: "path_nul"
    case .pathEncodedSlash: "path_encoded_slash"
    case .pathBackslash: "path_backslash"
    case .pathAboveRoot: "path_above_root"
    case .fieldNameUppercase: "field_name_uppercase"
    case .fieldValueSpace: "field_value_space"
    case .connectionField: "connection_field"
    case .pseudoFieldUnknown: "pseudo_field_unknown"
    case .pseudoFieldRepeated: "pseudo_field_repeated"
    case .pseudoFieldMisplaced: "pseudo_field_misplaced"
    case .pseudoFieldMissing: "pseudo_field_missing"
    case .pseudoFieldInvalid: "pseudo_field_invalid"
    case .contentLengthMismatch: "content_length_mismatch"
    }
  }

  /// The status that answers a request which breaks the rule.
  public var requestStatus: UInt16 {
    switch self {
    case .methodSyntax, .leadingBlankLines, .startLineSyntax, .versionMissing, .versionSyntax, .targetCharacter,
      .targetForm, .targetAsterisk, .targetConnect, .targetAuthority, .hostMissing, .hostDuplicate, .hostInvalid,
      .hostMismatch, .nul, .bareCarriageReturn, .bareLineFeed, .controlCharacter, .fieldNameEmpty,
      .fieldNameSyntax, .fieldColonMissing, .fieldNameConfusable, .whitespaceBeforeColon,
      .whitespaceBeforeFirstField, .obsoleteFolding, .connectionOption, .connectionOptionsExcess,
      .connectionNamesEssential, .contentLengthSyntax, .contentLengthOverflow, .contentLengthRepeated,
      .contentLengthConflict, .contentLengthWithTransferEncoding, .transferEncodingInHTTP10, .transferCodingSyntax,
      .chunkedNotFinal, .chunkedRepeated, .chunkSizeSyntax, .chunkSizeOverflow, .chunkExtensionSyntax,
      .chunkExtensionsTooLong, .chunkLineEnd, .chunkDataEnd, .trailerLineEnd, .notHTTP, .statusLineSyntax,
      .statusCode, .pathEscape, .pathCharacter, .pathNul, .pathEncodedSlash, .pathBackslash, .pathAboveRoot,
      .fieldNameUppercase, .fieldValueSpace, .connectionField, .pseudoFieldUnknown, .pseudoFieldRepeated,
      .pseudoFieldMisplaced, .pseudoFieldMissing, .pseudoFieldInvalid, .contentLengthMismatch:
      400
    case .versionUnsupported: 505
    case .lineTooLong: 414
    case .headTooLarge, .fieldTooLarge, .tooManyFields, .trailerTooLarge, .tooManyTrailers: 431
    case .transferCodingUnknown: 501
    }
  }

  public var kind: WireFaultKind {
    switch self {
    case .methodSyntax, .leadingBlankLines, .startLineSyntax, .versionMissing, .versionSyntax, .targetCharacter,
      .targetForm, .targetAsterisk, .targetConnect, .targetAuthority, .statusLineSyntax, .statusCode, .pathEscape,
      .pathCharacter, .pathNul, .pathEncodedSlash, .pathBackslash, .pathAboveRoot:
      .startLine
    case .versionUnsupported: .version
    case .hostMissing, .hostDuplicate, .hostInvalid, .hostMismatch, .nul, .bareCarriageReturn, .bareLineFeed,
      .controlCharacter, .fieldNameEmpty, .fieldNameSyntax, .fieldColonMissing, .fieldNameConfusable,
      .whitespaceBeforeColon, .whitespaceBeforeFirstField, .obsoleteFolding, .connectionOption,
      .connectionOptionsExcess, .connectionNamesEssential, .fieldNameUppercase, .fieldValueSpace, .connectionField,
      .pseudoFieldUnknown, .pseudoFieldRepeated, .pseudoFieldMisplaced, .pseudoFieldMissing, .pseudoFieldInvalid:
      .field
    case .lineTooLong: .lineTooLong
    case .headTooLarge: .headTooLarge
    case .fieldTooLarge: .fieldTooLarge
    case .tooManyFields: .tooManyFields
    case .contentLengthSyntax, .contentLengthOverflow, .contentLengthRepeated, .contentLengthConflict,
      .contentLengthWithTransferEncoding, .transferEncodingInHTTP10, .contentLengthMismatch:
      .framing
    case .transferCodingSyntax, .transferCodingUnknown, .chunkedNotFinal, .chunkedRepeated: .transferCoding
    case .chunkSizeSyntax, .chunkSizeOverflow, .chunkExtensionSyntax, .chunkExtensionsTooLong, .chunkLineEnd,
      .chunkDataEnd:
      .chunk
    case .trailerTooLarge, .tooManyTrailers, .trailerLineEnd: .trailer
    case .notHTTP: .notHTTP
    }
  }
}
