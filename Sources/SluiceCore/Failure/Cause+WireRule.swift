public import SluiceWire

extension Cause {
  /// The cause of a message that breaks a rule of HTTP/1.
  public static func of(rule: WireRule, in role: MessageRole) -> Cause {
    switch role {
    case .request: ofRequest(rule)
    case .response: ofResponse(rule)
    }
  }

  /// The cause of bytes that are not HTTP, by what they look like.
  public static func of(appearance: Appearance, in role: MessageRole) -> Cause {
    switch (appearance, role) {
    case (.plainHTTPToTLSPort, .response), (.tlsAlert, .response), (.tlsRecord, .response): .plaintextToTlsPort
    case (.tlsAlert, .request), (.tlsRecord, .request): .requestTlsOnPlaintextPort
    case (_, .response): .notHttp
    case (_, .request): .requestNotHttp
    }
  }

  /// `proxyErrorType`, narrower where one cause covers two types of RFC 9209 and the broken rule tells which.
  public func proxyErrorType(rule: WireRule?) -> ProxyErrorType? {
    guard let rule else { return proxyErrorType }
    return switch (self, rule.kind) {
    case (.badFraming, .transferCoding): .httpResponseTransferCoding
    case (.headerSectionTooLarge, .trailer): .httpResponseTrailerSectionSize
    default: proxyErrorType
    }
  }

  private static func ofRequest(_ rule: WireRule) -> Cause {
    switch rule {
    case .methodSyntax, .leadingBlankLines, .startLineSyntax, .versionMissing, .versionSyntax:
      .requestLineMalformed
    case .versionUnsupported: .requestVersionUnsupported
    case .targetCharacter, .targetForm, .targetAsterisk, .targetConnect, .targetAuthority, .pathEscape,
      .pathCharacter, .pathNul, .pathEncodedSlash, .pathBackslash, .pathAboveRoot, .pseudoFieldInvalid:
      .requestTargetRefused
    case .hostMissing, .hostDuplicate, .hostInvalid, .hostMismatch: .requestHostInvalid
    case .nul, .bareCarriageReturn, .bareLineFeed, .controlCharacter, .fieldNameEmpty, .fieldNameSyntax,
      .fieldColonMissing, .fieldNameConfusable, .whitespaceBeforeColon, .whitespaceBeforeFirstField,
      .obsoleteFolding, .connectionOption, .connectionOptionsExcess, .connectionNamesEssential, .fieldNameUppercase,
      .fieldValueSpace, .connectionField, .pseudoFieldUnknown, .pseudoFieldRepeated, .pseudoFieldMisplaced,
      .pseudoFieldMissing:
      .requestFieldInvalid
    case .lineTooLong: .requestLineTooLong
    case .headTooLarge, .fieldTooLarge, .tooManyFields, .trailerTooLarge, .tooManyTrailers: .requestHeadTooLarge
    case .contentLengthSyntax, .contentLengthOverflow, .contentLengthRepeated, .contentLengthConflict,
      .contentLengthWithTransferEncoding, .transferEncodingInHTTP10, .transferCodingSyntax, .chunkedNotFinal,
      .chunkedRepeated, .contentLengthMismatch:
      .requestFramingAmbiguous
    case .transferCodingUnknown: .requestCodingUnsupported
    case .chunkSizeSyntax, .chunkSizeOverflow, .chunkExtensionSyntax, .chunkExtensionsTooLong, .chunkLineEnd,
      .chunkDataEnd, .trailerLineEnd:
      .requestChunkInvalid
    case .notHTTP: .requestNotHttp
    // Rules of responses: a codec that reports one here has confused the two, and the client is still to be told no.
    case .statusLineSyntax, .statusCode: .clientMalformed
    }
  }

  private static func ofResponse(_ rule: WireRule) -> Cause {
    switch rule {
    case .notHTTP, .startLineSyntax, .statusLineSyntax, .versionMissing, .versionSyntax, .leadingBlankLines: .notHttp
    // It begins like HTTP, so the port is the right one and the application at fault.
    case .versionUnsupported, .statusCode: .invalidHeader
    case .nul, .bareCarriageReturn, .bareLineFeed, .controlCharacter, .fieldNameEmpty, .fieldNameSyntax,
      .fieldColonMissing, .fieldNameConfusable, .whitespaceBeforeColon, .whitespaceBeforeFirstField,
      .obsoleteFolding, .connectionOption, .connectionOptionsExcess, .connectionNamesEssential, .fieldNameUppercase,
      .fieldValueSpace, .connectionField, .pseudoFieldUnknown, .pseudoFieldRepeated, .pseudoFieldMisplaced,
      .pseudoFieldMissing, .pseudoFieldInvalid:
      .invalidHeader
    case .lineTooLong, .fieldTooLarge: .headerTooLarge
    case .headTooLarge, .tooManyFields, .trailerTooLarge, .tooManyTrailers: .headerSectionTooLarge
    case .contentLengthSyntax, .contentLengthOverflow, .contentLengthRepeated, .contentLengthConflict,
      .contentLengthWithTransferEncoding, .transferEncodingInHTTP10, .transferCodingSyntax, .transferCodingUnknown,
      .chunkedNotFinal, .chunkedRepeated, .contentLengthMismatch:
      .badFraming
    case .chunkSizeSyntax, .chunkSizeOverflow, .chunkExtensionSyntax, .chunkExtensionsTooLong, .chunkLineEnd,
      .chunkDataEnd, .trailerLineEnd:
      .badChunk
    // Rules of requests: see above.
    case .methodSyntax, .targetCharacter, .targetForm, .targetAsterisk, .targetConnect, .targetAuthority,
      .hostMissing, .hostDuplicate, .hostInvalid, .hostMismatch, .pathEscape, .pathCharacter, .pathNul,
      .pathEncodedSlash, .pathBackslash, .pathAboveRoot:
      .invalidHeader
    }
  }
}
