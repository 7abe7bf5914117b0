/// What another session said by `notify`.
package struct Notification: Sendable {
    package let channel: String
    package let payload: String
}
