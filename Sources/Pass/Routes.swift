import Pages
package import Web

/// The pages of a pass, for whoever has its link.
package let passPages: [Route] =
    ([
        .page(.get, PassPlace.pattern, for: .anyone, ShowPass.self),
        .page(.get, "\(PassPlace.pattern)calendar.ics", for: .anyone, DownloadCalendar.self),
        .page(.post, "\(PassPlace.pattern)language/", for: .anyone, ChooseLanguage.self),
    ]
    + Route.form("\(PassPlace.pattern)plate/", for: .anyone, PlatePage.init)
    + Route.form("\(PassPlace.pattern)cancel/", for: .anyone, CancelPage.init))
    .map { $0.openedByLink() }
