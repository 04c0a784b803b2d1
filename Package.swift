// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where `CI` is set; a newer toolchain's new warning must not stop a newcomer's first build.
let warnings: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let common: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + warnings

let settings = common + [.enableUpcomingFeature("MemberImportVisibility")]

/// Several C modules (NIO's, c-ares', Glibc's) declare the same system structs, and the compiler counts only one of them
/// as the owner of their members; which one depends on what was loaded first.
let settingsBesideC = common

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
/// The encoding that swift-certificates takes and gives.
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "sluice",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "sluice", targets: ["sluice"]),
    .library(name: "SluiceWire", targets: ["SluiceWire"]),
    .library(name: "SluiceCore", targets: ["SluiceCore"]),
    .library(name: "SluiceLogs", targets: ["SluiceLogs"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
  ],
  targets: [
    .systemLibrary(name: "CCares", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "SluiceWire", swiftSettings: settings),
    .target(name: "SluiceCore", dependencies: ["SluiceWire"], swiftSettings: settings),
    .target(
      name: "SluiceConfiguration",
      dependencies: ["SluiceCore", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "SluiceIncidents", dependencies: ["SluiceCore", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
    .target(name: "SluiceDiagnosis", dependencies: ["SluiceCore", "SluiceIncidents"], swiftSettings: settings),
    .target(
      name: "SluiceGuide", dependencies: ["SluiceDiagnosis", "SluiceCore"], swiftSettings: settings),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CScan"),
    .target(
      name: "SluiceLogs",
      dependencies: [
        "SluiceDiagnosis", "SluiceIncidents", "SluiceCore", "SluiceWire", "CZlib", "CScan",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .target(
      name: "SluiceGateway",
      dependencies: [
        "SluiceConfiguration", "SluiceIncidents", "CCares", nioCore, nioPosix, nioTLS, nioSSL, x509, crypto, logging,
        .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settingsBesideC),
    .target(
      name: "SluiceProbes",
      dependencies: [
        "SluiceDiagnosis", "SluiceIncidents", "SluiceConfiguration", "SluiceGateway", "SluiceCore", "SluiceWire",
        "CLinux", nioCore, nioPosix, nioTLS, nioSSL, x509, crypto,
      ],
      swiftSettings: settingsBesideC),
    .target(
      name: "SluiceAdmin",
      dependencies: [
        "SluiceConfiguration", "SluiceIncidents", "SluiceDiagnosis", "SluiceGuide", "SluiceCore", nioCore, nioPosix,
        .product(name: "NIOHTTP1", package: "swift-nio"),
        nioTLS, nioSSL, logging, serviceLifecycle,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
      ],
      swiftSettings: settingsBesideC),
    .target(
      name: "SluiceLab",
      dependencies: ["SluiceWire", "SluiceCore", nioCore, nioPosix, nioTLS, nioSSL, x509, asn1, crypto],
      swiftSettings: settings),
    .executableTarget(
      name: "sluice",
      dependencies: [
        "SluiceGateway", "SluiceLab", "SluiceIncidents", "SluiceDiagnosis", "SluiceLogs", "SluiceGuide", "SluiceProbes",
        "SluiceAdmin",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settingsBesideC),
    .target(name: "TestSupport", dependencies: ["SluiceCore"], path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "SluiceWireTests", dependencies: ["SluiceWire", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "SluiceCoreTests", dependencies: ["SluiceCore", "SluiceWire", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "SluiceConfigurationTests", dependencies: ["SluiceConfiguration"], swiftSettings: settings),
    .testTarget(
      name: "SluiceIncidentsTests",
      dependencies: ["SluiceIncidents", .product(name: "GRDB", package: "GRDB.swift")], swiftSettings: settings),
    .testTarget(
      name: "SluiceGatewayTests",
      dependencies: [
        "SluiceGateway", "SluiceIncidents", "SluiceLab", "TestSupport", nioCore, nioPosix, nioSSL, x509, crypto,
        logging,
        .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
      ],
      swiftSettings: settingsBesideC),
    .testTarget(
      name: "SluiceDiagnosisTests", dependencies: ["SluiceDiagnosis", "SluiceIncidents", "SluiceCore"],
      swiftSettings: settings),
    .testTarget(
      name: "SluiceGuideTests", dependencies: ["SluiceGuide", "SluiceDiagnosis", "SluiceCore"],
      swiftSettings: settings),
    .testTarget(
      name: "SluiceLogsTests",
      dependencies: ["SluiceLogs", "SluiceDiagnosis", "SluiceIncidents", "SluiceCore", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "SluiceProbesTests",
      dependencies: [
        "SluiceProbes", "SluiceDiagnosis", "SluiceIncidents", "SluiceConfiguration", "SluiceCore", "SluiceLab",
        "TestSupport", nioCore, nioPosix, nioSSL, x509, crypto,
      ],
      swiftSettings: settingsBesideC),
    .testTarget(
      name: "SluiceAdminTests",
      dependencies: [
        "SluiceAdmin", "SluiceConfiguration", "SluiceIncidents", "SluiceDiagnosis", "SluiceGuide", "SluiceCore",
        "TestSupport",
        nioCore, nioPosix,
        .product(name: "NIOHTTP1", package: "swift-nio"),
        nioSSL, logging,
      ],
      swiftSettings: settingsBesideC),
    .testTarget(
      name: "SluiceCommandTests",
      dependencies: [
        "sluice", "SluiceDiagnosis", "SluiceIncidents", "SluiceLogs", "SluiceGuide", "SluiceCore", "SluiceAdmin",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(name: "SluiceLabTests", dependencies: ["SluiceLab", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "SimulationTests", dependencies: ["SluiceCore", "SluiceWire"], swiftSettings: settings),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "sluice", "SluiceGateway", "SluiceLab", "SluiceIncidents", "SluiceDiagnosis", "SluiceLogs", "SluiceProbes",
        "SluiceAdmin", "SluiceGuide", "TestSupport",
        nioCore, nioPosix,
        nioSSL, x509, crypto, logging,
      ],
      swiftSettings: settingsBesideC),
    .testTarget(name: "TidyTests", swiftSettings: settings),
  ]
)
