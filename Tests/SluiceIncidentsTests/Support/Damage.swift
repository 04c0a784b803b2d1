import Glibc

/// Ways in which a file is damaged.
enum Damage: CaseIterable {
  case noDatabase, overwrittenInTheMiddle, truncated

  func apply(to folder: StoreFolder) {
    var status = stat()
    stat(folder.store, &status)
    let size = Int(status.st_size)
    switch self {
    case .noDatabase: folder.overwrite(with: Array("this is a text and no database\n".utf8))
    case .overwrittenInTheMiddle: folder.overwrite(at: 4096, with: [UInt8](repeating: 0xA5, count: size - 4096))
    case .truncated: truncate(folder.store, off_t(size / 2))
    }
  }
}
