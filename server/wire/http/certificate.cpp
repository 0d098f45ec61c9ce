#include "server/wire/http/certificate.h"

#include <array>
#include <cstdint>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <utility>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "server/base/address.h"

namespace plocal::http {
namespace {

template <auto release>
struct Release {
    template <class Thing>
    void operator()(Thing* thing) const {
        release(thing);
    }
};

using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;

constexpr std::chrono::hours day{24};
constexpr auto authority_life = 3652 * day;
constexpr auto server_life = 396 * day;  // plus the leeway
constexpr auto leeway = day;             // for machines whose clocks differ

[[noreturn]] void fail(const char* what) {
    throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

/// OpenSSL's functions return 1 if they succeed.
void require(int answer, const char* what) {
    if (answer != 1) fail(what);
}

std::string text_of(BIO& bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(&bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

Certificate read_certificate(const std::string& pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

Key read_key(const std::string& pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    std::string passphrase;  // OpenSSL asks the terminal if it is given none
    return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, passphrase.data()));
}

CertifiedKey write(X509& certificate, EVP_PKEY& key) {
    const Bio of_certificate(BIO_new(BIO_s_mem()));
    const Bio of_key(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(of_certificate.get(), &certificate), "write a certificate");
    require(PEM_write_bio_PrivateKey(of_key.get(), &key, nullptr, nullptr, 0, nullptr, nullptr), "write a key");
    return {text_of(*of_certificate), text_of(*of_key)};
}

void set_random_serial(X509& certificate) {
    const Number number(BN_new());
    // RFC 5280 allows 20 bytes, and the number must be positive.
    require(BN_rand(number.get(), 159, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY), "draw a serial number");
    if (BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) == nullptr) fail("number a certificate");
}

Certificate begin(EVP_PKEY& key, std::string_view name, std::chrono::seconds life) {
    Certificate certificate(X509_new());
    if (certificate == nullptr) fail("make a certificate");
    require(X509_set_version(certificate.get(), X509_VERSION_3), "set a certificate's version");
    set_random_serial(*certificate);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -static_cast<long>(std::chrono::seconds(leeway).count()));
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), static_cast<long>(life.count()));
    X509_NAME* const subject = X509_get_subject_name(certificate.get());
    const std::string text(name);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what OpenSSL calls text
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.c_str());
    require(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, bytes, -1, -1, 0), "name a certificate");
    require(X509_set_pubkey(certificate.get(), &key), "put a key into a certificate");
    return certificate;
}

void add(X509& certificate, X509& issuer, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    if (extension == nullptr) fail(("extend a certificate by " + value).c_str());
    require(X509_add_ext(&certificate, extension.get(), -1), "extend a certificate");
}

void sign(X509& certificate, EVP_PKEY& key) {
    if (X509_sign(&certificate, &key, EVP_sha256()) == 0) fail("sign a certificate");
}

std::string alternative_names(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        list += list.empty() ? "" : ",";
        list += (base::is_address(name) ? "IP:" : "DNS:") + name;
    }
    return list;
}

std::string date_of(const ASN1_TIME& time) {
    std::tm parts{};
    ASN1_TIME_to_tm(&time, &parts);
    std::array<char, 16> date{};
    return {date.data(), std::strftime(date.data(), date.size(), "%Y-%m-%d", &parts)};
}

}  // namespace

CertifiedKey make_authority(std::string_view name) {
    const Key key(EVP_EC_gen("P-256"));
    if (key == nullptr) fail("make a key");
    const Certificate certificate = begin(*key, name, authority_life);
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())), "name an issuer");
    add(*certificate, *certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add(*certificate, *certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    add(*certificate, *certificate, NID_subject_key_identifier, "hash");
    sign(*certificate, *key);
    return write(*certificate, *key);
}

bool is_good_authority(const CertifiedKey& authority) {
    const Certificate certificate = read_certificate(authority.certificate);
    const Key key = read_key(authority.key);
    if (certificate == nullptr || key == nullptr) return false;
    std::time_t last_issued_ends = std::time(nullptr) + std::chrono::seconds(server_life).count();
    return X509_check_private_key(certificate.get(), key.get()) == 1 && X509_check_ca(certificate.get()) == 1 &&
           X509_cmp_time(X509_get0_notAfter(certificate.get()), &last_issued_ends) == 1;
}

std::string name_of(const std::string& pem) {
    const Certificate certificate = read_certificate(pem);
    if (certificate == nullptr) return {};
    std::array<char, 256> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(), name.size());
    return name.data();
}

std::string fault_of_dates(const std::string& pem) {
    const Certificate certificate = read_certificate(pem);
    if (certificate == nullptr) return {};
    const ASN1_TIME* const from = X509_get0_notBefore(certificate.get());
    const ASN1_TIME* const to = X509_get0_notAfter(certificate.get());
    if (X509_cmp_current_time(to) < 0) return "expired on " + date_of(*to);
    return X509_cmp_current_time(from) > 0 ? "is not good before " + date_of(*from) : "";
}

CertifiedKey issue(const CertifiedKey& authority, const std::vector<std::string>& names) {
    const Certificate issuer = read_certificate(authority.certificate);
    const Key issuer_key = read_key(authority.key);
    if (issuer == nullptr || issuer_key == nullptr) fail("read the authority");
    const Key key(EVP_EC_gen("P-256"));
    if (key == nullptr) fail("make a key");
    const Certificate certificate = begin(*key, "personalize-local", server_life);
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get())), "name an issuer");
    add(*certificate, *issuer, NID_basic_constraints, "critical,CA:FALSE");
    add(*certificate, *issuer, NID_key_usage, "critical,digitalSignature");
    add(*certificate, *issuer, NID_ext_key_usage, "serverAuth");
    add(*certificate, *issuer, NID_subject_key_identifier, "hash");
    add(*certificate, *issuer, NID_authority_key_identifier, "keyid:always");
    add(*certificate, *issuer, NID_subject_alt_name, alternative_names(names));
    sign(*certificate, *issuer_key);
    return write(*certificate, *key);
}

}  // namespace plocal::http
