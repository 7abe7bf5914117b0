/// A number with its noun: `1 account`, `2 accounts`.
/// - Parameter plural: the noun with an `s` otherwise, as English has it, and Spanish after a vowel.
func counted(_ number: some BinaryInteger, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
