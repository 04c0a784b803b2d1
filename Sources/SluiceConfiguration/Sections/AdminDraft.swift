/// `admin` before its required keys were checked.
struct AdminDraft {
  var address: ListenAddress?
  var token: Secret?
  var tls: Located<ListenerTLSDraft>?
}
