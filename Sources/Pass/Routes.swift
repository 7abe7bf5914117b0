import Pages
package import Web

/// The page of a pass, for whoever has its link.
package let passPages: [Route] = [
    .page(.get, "/p/{token}/", for: .anyone, ShowPass.self)
]
