import JSON
package import Resource
import Vocabulary
import Web

/// When a code opens, by the clock on the wall of the site; hours that pass midnight belong to the day they begin.
package let schedules = Resource(
    path: "/api/access/schedules/", model: "Schedule", table: "garita.schedules",
    singular: Text("Schedule", es: "Horario"), plural: Text("Schedules", es: "Horarios"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).synonyms(["Horario", "Schedule"]).required()
            .unique(),
        // Monday 1, Tuesday 2, Wednesday 4 … Sunday 64, added up.
        .stored("weekdays", .integer(1...127), Text("Weekdays", es: "Días de la semana")).synonyms(["Días", "Days"])
            .default(127)
            .flags(Weekdays.names),
        .stored("starts_at", .time(), Text("From", es: "Desde")).synonyms([
            "Inicio", "Hora de inicio", "De", "Start", "Starts", "Starts at",
        ]).default("00:00:00").filled(),
        .stored("ends_at", .time(throughMidnight: true), Text("Until", es: "Hasta")).synonyms([
            "Fin", "Hora de fin", "A", "End", "Ends", "Ends at",
        ]).default("24:00:00").filled(),
        .stored("first_day", .date, Text("First day", es: "Primer día")),
        .stored("last_day", .date, Text("Last day", es: "Último día")),
        .stored("on_holidays", .boolean, Text("Also on holidays", es: "También en días festivos")).default(false),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.ascending("name")],
        orderable: ["name", "created_at"],
        search: ["name"]),
    permissions: [
        .list: .gatekeepers, .export: .administrators, .read: .gatekeepers, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "schedules", section: .gates, title: { "\($0).name" },
        columns: ["name", "weekdays", "starts_at", "ends_at", "on_holidays"],
        fieldsets: [
            .init(
                Text("Schedule", es: "Horario"),
                ["name", "weekdays", "starts_at", "ends_at", "first_day", "last_day", "on_holidays"]),
            .init(Text("Dates", es: "Fechas"), ["created_at", "updated_at"]),
        ],
        fitsInSelect: true))

/// Days on which schedules rest, unless they hold on holidays too.
package let holidays = Resource(
    path: "/api/access/holidays/", model: "Holiday", table: "garita.holidays",
    singular: Text("Holiday", es: "Día festivo"), plural: Text("Holidays", es: "Días festivos"),
    fields: [
        .id,
        .stored("day", .date, Text("Day", es: "Día")).synonyms(["Fecha", "Date"]).required().unique(),
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).synonyms([
            "Festividad", "Motivo", "Día festivo", "Holiday",
        ]).required(),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.ascending("day")],
        orderable: ["day", "name"],
        search: ["name"]),
    permissions: [
        .list: .gatekeepers, .export: .administrators, .read: .gatekeepers, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "holidays", section: .gates, title: { "\($0).name" },
        columns: ["day", "name"],
        fieldsets: [
            .init(Text("Holiday", es: "Día festivo"), ["day", "name"]),
            .init(Text("Dates", es: "Fechas"), ["created_at", "updated_at"]),
        ]))
