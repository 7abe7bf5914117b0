#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Functions with a variable number of arguments, which Swift cannot call: one for each type of the last argument.

static inline CURLcode garita_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode garita_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode garita_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode garita_curl_set_bytes(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode garita_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode garita_curl_on_data(
    CURL *handle, CURLoption function, size_t (*callback)(char *, size_t, size_t, void *), CURLoption data, void *value) {
    CURLcode code = curl_easy_setopt(handle, function, callback);
    return code == CURLE_OK ? curl_easy_setopt(handle, data, value) : code;
}

static inline CURLcode garita_curl_on_socket(
    CURL *handle, curl_socket_t (*callback)(void *, curlsocktype, struct curl_sockaddr *), void *value) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, value) : code;
}

static inline CURLcode garita_curl_on_request(
    CURL *handle, int (*callback)(void *, char *, char *, int, int), void *value) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_PREREQDATA, value) : code;
}

static inline CURLcode garita_curl_certificates(CURL *handle, struct curl_certinfo **value) {
    return curl_easy_getinfo(handle, CURLINFO_CERTINFO, value);
}

static inline CURLMcode garita_curl_on_watch(
    CURLM *handle, int (*callback)(CURL *, curl_socket_t, int, void *, void *), void *value) {
    CURLMcode code = curl_multi_setopt(handle, CURLMOPT_SOCKETFUNCTION, callback);
    return code == CURLM_OK ? curl_multi_setopt(handle, CURLMOPT_SOCKETDATA, value) : code;
}

static inline CURLMcode garita_curl_on_timer(CURLM *handle, int (*callback)(CURLM *, long, void *), void *value) {
    CURLMcode code = curl_multi_setopt(handle, CURLMOPT_TIMERFUNCTION, callback);
    return code == CURLM_OK ? curl_multi_setopt(handle, CURLMOPT_TIMERDATA, value) : code;
}

static inline CURLMcode garita_curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

// A union within CURLMsg.
static inline CURLcode garita_curl_result(const CURLMsg *message) { return message->data.result; }
