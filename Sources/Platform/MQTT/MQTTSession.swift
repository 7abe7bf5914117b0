import CMosquitto
import Glibc
import OperatingSystem

/// One connection to a broker, from its first packet to its end; the next connection is another session.
///
/// Sole owner of its `struct mosquitto`. libmosquitto sends what a broker did not acknowledge once more after reconnecting
/// (`message__reconnect_reset`), which would open a door late: so nothing of one connection is left for the next.
///
/// Source: libmosquitto(3), mosquitto.h of 2.0.11. Its documents keep `mosquitto_connect_bind_async` for its own thread;
/// without one it sets the socket non-blocking, connects, and writes CONNECT as soon as the socket takes it.
final class MQTTSession {
    /// Seconds; after twice as long in silence the connection is lost.
    private static let keepalive: Int32 = 10
    /// Bytes of a packet that is taken; the broker drops longer ones (MQTT 5.0 §3.1.2.11.4).
    private static let longestPacket: UInt32 = 65_536
    private static let millisecondsBetweenChecks: Int64 = 1000

    private let handle: OpaquePointer
    /// What the C library points to; it lives as long as the handle.
    private let inbox = Inbox()
    private let tls: TLSContext?
    private var nextCheck: Int64

    /// What callbacks have told.
    ///
    /// They do nothing else: no owner of the session hears of it, and perhaps ends it, before the
    /// library has returned.
    private final class Inbox {
        var events: [MQTTEvent] = []
    }

    /// Why no connection was begun, in words.
    struct Failure: Error {
        let words: String
    }

    /// Begins to connect.
    ///
    /// - Parameter address: of the host, in digits.
    /// - Throws: what is known at once, such as that there is no route to the address.
    init(_ settings: MQTTSettings, address: String, name: String) throws(Failure) {
        _ = Self.library
        tls = TLSContext(settings.security, host: settings.host)
        guard settings.security == .none || tls != nil,
            let handle = mosquitto_new(name, true, Unmanaged.passUnretained(inbox).toOpaque())
        else { throw Failure(words: "no memory") }
        self.handle = handle
        nextCheck = Time.monotonicMilliseconds() + Self.millisecondsBetweenChecks
        mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
        mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
        if let tls {
            // It takes a reference of its own, and sets nothing on the context.
            mosquitto_void_option(handle, MOSQ_OPT_SSL_CTX, UnsafeMutableRawPointer(tls.context))
            mosquitto_int_option(handle, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0)
        }
        if !settings.user.isEmpty { mosquitto_username_pw_set(handle, settings.user, settings.password) }
        let will = Array(settings.will.payload.utf8)
        mosquitto_will_set_v5(handle, settings.will.topic, Int32(will.count), will, 1, true, nil)
        mosquitto_connect_v5_callback_set(handle, Self.answered)
        mosquitto_message_v5_callback_set(handle, Self.arrived)
        mosquitto_publish_v5_callback_set(handle, Self.received)
        limitPackets()
        let code = mosquitto_connect_bind_async(handle, address, settings.port, Self.keepalive, nil)
        guard code <= 0 else { throw Failure(words: Self.words(code)) }
    }

    deinit {
        // Whatever is not sent yet is never sent: without this the system goes on trying after the end.
        var abrupt = linger(l_onoff: 1, l_linger: 0)
        let socket = mosquitto_socket(handle)
        if socket >= 0, !isSaid {
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
        }
        mosquitto_destroy(handle)
    }

    /// Whether the end was said to the broker.
    private var isSaid = false

    private static let library: Int32 = mosquitto_lib_init()

    /// Only the connect that waits takes properties, and it keeps them for the next.
    ///
    /// So it is asked for a socket that does
    /// not exist, which it knows at once (port 0: the host is the path of a Unix socket).
    private func limitPackets() {
        var properties: OpaquePointer?
        mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), Self.longestPacket)
        mosquitto_connect_bind_v5(handle, "/dev/null/none", 0, Self.keepalive, nil, properties)
        mosquitto_property_free_all(&properties)
    }

    /// What to wait for; nil when there is no socket any more.
    var watched: (descriptor: Int32, interest: Poll.Interest)? {
        let socket = mosquitto_socket(handle)
        return socket < 0 ? nil : (socket, mosquitto_want_write(handle) ? .either : .readable)
    }

    /// When it must be looked after, whatever arrives.
    var isDueAt: Int64 { nextCheck }

    /// Reads and writes what can be.
    ///
    /// - Returns: What has happened, ``MQTTEvent/lost(_:)`` as the last.
    func proceed(isReady: Bool) -> [MQTTEvent] {
        var code: Int32 = 0
        let socket = mosquitto_socket(handle)
        if isReady, socket >= 0 {
            // Also makes the next step of TLS, whichever way the socket is ready.
            code = mosquitto_loop_read(handle, 1)
            if code == 0, mosquitto_want_write(handle) { code = mosquitto_loop_write(handle, 1) }
            // libmosquitto takes a refused connection under TLS for one that is still being made.
            if code == 0, Poll.isClosed(socket) { code = Int32(MOSQ_ERR_CONN_LOST.rawValue) }
        }
        let now = Time.monotonicMilliseconds()
        if code == 0, now >= nextCheck {
            nextCheck = now + Self.millisecondsBetweenChecks
            code = mosquitto_loop_misc(handle)
        }
        var events = inbox.events
        inbox.events = []
        if code != 0 || mosquitto_socket(handle) < 0 {
            if case .lost? = events.last { return events }
            events.append(.lost(code == 0 ? "the connection ended" : Self.words(code)))
        }
        return events
    }

    /// - Returns: The number by which the broker's receipt names it; nil when it cannot be sent.
    func publish(_ message: MQTTMessage) -> Int32? {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if let delivery = message.delivery {
            let correlation = delivery.correlation
            mosquitto_property_add_int32(
                &properties, Int32(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL.rawValue), delivery.expiry)
            mosquitto_property_add_string(
                &properties, Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue), delivery.responseTopic)
            mosquitto_property_add_binary(
                &properties, Int32(MQTT_PROP_CORRELATION_DATA.rawValue), correlation,
                UInt16(clamping: correlation.count))
        }
        var number: Int32 = 0
        let code = mosquitto_publish_v5(
            handle, &number, message.topic, Int32(clamping: message.payload.count), message.payload,
            message.delivery == nil ? 0 : 1, message.isRetained, properties)
        return code == 0 ? number : nil
    }

    /// Of what others say; this client does not hear itself.
    func subscribe(_ subscription: MQTTSubscription) {
        // Where nothing kept is wanted, what was meant to be kept says so also when it comes at once.
        let kept =
            subscription.kept == .never
            ? MQTT_SUB_OPT_SEND_RETAIN_NEVER.rawValue | MQTT_SUB_OPT_RETAIN_AS_PUBLISHED.rawValue
            : MQTT_SUB_OPT_SEND_RETAIN_ALWAYS.rawValue
        mosquitto_subscribe_v5(
            handle, nil, subscription.topic, 1, Int32(kept | MQTT_SUB_OPT_NO_LOCAL.rawValue), nil)
    }

    func unsubscribe(_ topic: String) {
        mosquitto_unsubscribe_v5(handle, nil, topic, nil)
    }

    /// Says the end, so that the broker does not tell the will.
    func end() {
        isSaid = true
        // Unread, it would make the system reset the connection, and the broker throw away what was said last (tcp(7)).
        mosquitto_loop_read(handle, 1)
        mosquitto_disconnect_v5(handle, 0, nil)
        if mosquitto_want_write(handle) { mosquitto_loop_write(handle, 1) }
    }

    // The callbacks of libmosquitto.

    private static let answered:
        @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, Int32, Int32, OpaquePointer?) -> Void = {
            _, pointer, code, _, _ in
            inbox(pointer)?.events.append(
                code == 0 ? .connected : .lost("refused: " + String(cString: mosquitto_reason_string(code))))
        }

    private static let received:
        @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, Int32, Int32, OpaquePointer?) -> Void = {
            _, pointer, number, reason, _ in
            inbox(pointer)?.events.append(.receipt(message: number, reason: reason))
        }

    private static let arrived:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, UnsafePointer<mosquitto_message>?, OpaquePointer?
        ) -> Void = { _, pointer, message, properties in
            guard let message = message?.pointee, let topic = message.topic else { return }
            let bytes = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
            inbox(pointer)?.events.append(
                .message(
                    MQTTArrival(
                        topic: String(cString: topic), payload: Array(bytes), isRetained: message.retain,
                        correlation: correlation(properties))))
        }

    private static func inbox(_ pointer: UnsafeMutableRawPointer?) -> Inbox? {
        pointer.map { Unmanaged<Inbox>.fromOpaque($0).takeUnretainedValue() }
    }

    /// mosquitto_property_read_binary makes a copy, which is the caller's to free.
    private static func correlation(_ properties: OpaquePointer?) -> [UInt8]? {
        var data: UnsafeMutableRawPointer?
        var length: UInt16 = 0
        let number = Int32(MQTT_PROP_CORRELATION_DATA.rawValue)
        guard mosquitto_property_read_binary(properties, number, &data, &length, false) != nil else { return nil }
        defer { free(data) }
        return Array(UnsafeRawBufferPointer(start: data, count: Int(length)))
    }

    /// What went wrong, as libmosquitto has it.
    private static func words(_ code: Int32) -> String {
        switch code {
        case Int32(MOSQ_ERR_CONN_LOST.rawValue): "the connection ended"
        case Int32(MOSQ_ERR_TLS.rawValue): "TLS failed: the certificate, or its name"
        case Int32(MOSQ_ERR_KEEPALIVE.rawValue): "silent for too long"
        case Int32(MOSQ_ERR_ERRNO.rawValue): String(cString: strerror(errno))
        default: String(cString: mosquitto_strerror(code))
        }
    }
}
