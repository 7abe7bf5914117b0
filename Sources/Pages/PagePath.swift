import Web

/// The pages that every other page leads to.
package enum PagePath {
    /// One's own account.
    package static let account = "/account/"
    /// Where one signs in.
    package static let signIn = "/account/sign-in/"
    /// One's own second factor.
    package static let secondFactor = "/account/second-factor/"
    /// Where a person sets a password by a one-time link, whose token stands behind a `#`: no server and no log sees that.
    package static let newPassword = "/account/new-password/"
    /// Ends one's session (POST).
    package static let signOut = "/account/sign-out/"
    /// Where a superuser chooses a residence.
    package static let site = "/admin/site/"
    /// Where guards and administrators open all doors, and end that.
    package static let emergency = "/gate/all-doors/"
    /// Chooses the language of one's pages (POST).
    package static let language = "/account/language/"

    /// The page where one signs in and then goes on to where one wanted to be.
    static func signIn(then path: String) -> String {
        path == account ? signIn : "\(signIn)?\(QueryItem.encode([QueryItem("next", path)]))"
    }

    /// A path of this site from a form or an address; nil for anything that might lead elsewhere.
    package static func local(_ text: String?) -> String? {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 500,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#"\<>""#.utf8.contains($0) })
        else { return nil }
        return text
    }
}
