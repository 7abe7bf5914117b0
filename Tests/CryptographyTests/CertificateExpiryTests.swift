import Cryptography
import Testing

@Suite struct CertificateExpiryTests {
    @Test func whatIsNoCertificateHasNoEnd() {
        #expect(CertificateExpiry.seconds(inPEM: "") == nil)
        #expect(
            CertificateExpiry.seconds(inPEM: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") == nil)
        #expect(
            CertificateExpiry.seconds(inPEM: "-----BEGIN CERTIFICATE-----\nMIL//w==\n-----END CERTIFICATE-----\n")
                == nil)
        #expect(CertificateExpiry(file: "/nowhere").seconds == nil)
    }

    /// Made by openssl; it says `notAfter=Apr 30 00:00:00 2049 GMT`.
    @Test func aYearOfTwoDigitsIsRead() {
        let text = """
            -----BEGIN CERTIFICATE-----
            MIIBczCCARmgAwIBAgIUCp6IlaQRXMKMxaZBBTlIj9ajH2gwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAeFw00ODEyMzEwMDAwMDBaFw00OTA0MzAwMDAwMDBa
            MA8xDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATKc2ub
            SYeut5J3IezZTO0YUVgZn3dd9rzFCmcMy2m+f2kjmRCa0X8Eu0/nFEzAFGHNu8RX
            kiZ1Ogii1gpwl3uno1MwUTAdBgNVHQ4EFgQUPiWme0N0f5ShJaA6OJGEdB3AF7gw
            HwYDVR0jBBgwFoAUPiWme0N0f5ShJaA6OJGEdB3AF7gwDwYDVR0TAQH/BAUwAwEB
            /zAKBggqhkjOPQQDAgNIADBFAiBvpjVm48CCzgKo6OcH4eqKsFz4p/tv1j3aMlED
            3wi6awIhAPWAohFcLh1jOp+H5ihoLo4v46OPPzOV4xDUZe/ppri4
            -----END CERTIFICATE-----
            """
        #expect(CertificateExpiry.seconds(inPEM: text) == 2_503_353_600)
    }

    /// Made by openssl; it says `notAfter=Apr 30 00:00:00 2051 GMT`.
    @Test func aYearOfFourDigitsIsRead() {
        let text = """
            -----BEGIN CERTIFICATE-----
            MIIBeDCCAR2gAwIBAgIUXm5/oUi9XIAEEw7ziB+/DFmE9bIwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAiGA8yMDUwMTIzMTAwMDAwMFoYDzIwNTEwNDMwMDAw
            MDAwWjAPMQ0wCwYDVQQDDAR0ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            S/VaELw2ns+CuR51KO0YO1k98MVUxuE9CR5TSbdbBvLqgJwwZv9GJwNSmO5st7/C
            ZuFcPuBPjalkLRiuB0iVcaNTMFEwHQYDVR0OBBYEFPgCWktngR4fzZJ53ufMqb+z
            5CT8MB8GA1UdIwQYMBaAFPgCWktngR4fzZJ53ufMqb+z5CT8MA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhALQgpoKHYKJk7S+0D1DX3lFXBNbs77xv
            w1dCzd47CJE0AiEAgxumTzGWdT74YqpnC7YuJa+921uOPVBlj5c4MwpwDGk=
            -----END CERTIFICATE-----
            """
        #expect(CertificateExpiry.seconds(inPEM: text) == 2_566_425_600)
    }
}
