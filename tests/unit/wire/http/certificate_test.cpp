#include "server/wire/http/certificate.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "server/wire/http/tls.h"

namespace plocal::http {
namespace {

using testing::HasSubstr;

CertifiedKey served(const CertifiedKey& authority) {
    return issue(authority, {"localhost"});
}

std::string written(BIO* out) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(out, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

/// The same key, encrypted with a passphrase.
std::string lock(const std::string& key) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> in(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())),
                                                           BIO_free_all);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> open(
        PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
    std::string passphrase = "secret";
    PEM_write_bio_PKCS8PrivateKey(out.get(), open.get(), EVP_aes_256_cbc(), passphrase.data(),
                                  static_cast<int>(passphrase.size()), nullptr, nullptr);
    return written(out.get());
}

/// A key of another type than make_authority() and issue() make.
std::string rsa_key() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_RSA_gen(2048U), EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
    PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return written(out.get());
}

std::string refusal_of(const CertifiedKey& credentials, TlsError::Part part) {
    try {
        const Tls tls(credentials);
        return "none";
    } catch (const TlsError& error) {
        EXPECT_EQ(error.part(), part);
        return error.what();
    }
}

TEST(Certificate, OfANewCaIsValid) {
    EXPECT_TRUE(is_good_authority(make_authority("test")));
}

TEST(Certificate, OfAServerIsNotACa) {
    EXPECT_FALSE(is_good_authority(served(make_authority("test"))));
}

TEST(Certificate, OfACaNeedsItsOwnKey) {
    const CertifiedKey one = make_authority("one");
    EXPECT_FALSE(is_good_authority({one.certificate, make_authority("other").key}));
    EXPECT_FALSE(is_good_authority({one.certificate, ""}));
    EXPECT_FALSE(is_good_authority({one.certificate, lock(one.key)}));
    EXPECT_FALSE(is_good_authority({"", one.key}));
}

TEST(Certificate, HasANameAndValidDates) {
    const CertifiedKey authority = make_authority("mine");
    EXPECT_EQ(name_of(authority.certificate), "mine");
    EXPECT_EQ(name_of(authority.key), "");
    EXPECT_EQ(fault_of_dates(authority.certificate), "");
    EXPECT_EQ(fault_of_dates(served(authority).certificate), "");
}

// Made for January 2001. The key was deleted.
TEST(Certificate, IsReportedAsExpired) {
    EXPECT_EQ(fault_of_dates(R"(-----BEGIN CERTIFICATE-----
MIIBDDCBsgIBATAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdleHBpcmVkMB4XDTAx
MDEwMTAwMDAwMFoXDTAxMDEzMTAwMDAwMFowEjEQMA4GA1UEAwwHZXhwaXJlZDBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABAMCweIK3SLnDWiO7vCZidQxOZa++YrP
rqgSS0jKZ8nBOODBqpY8ymv3MpeLTrV/Rv5KZPOVfS9SRnWgZcjVjkYwCgYIKoZI
zj0EAwIDSQAwRgIhAPvsUpH82kyldbeTVDtcoQOPd18Dx32VeIzT1PzTvhLJAiEA
jle6ryWUqhy7utsaQq09LgEyJirhozR0aJnxrHJRQRQ=
-----END CERTIFICATE-----)"),
              "expired on 2001-01-31");
}

TEST(Certificate, DiffersEachTime) {
    const CertifiedKey authority = make_authority("test");
    const CertifiedKey first = served(authority);
    const CertifiedKey second = served(authority);
    EXPECT_NE(first.certificate, second.certificate);
    EXPECT_NE(first.key, second.key);
}

TEST(Tls, AcceptsACertificateWithItsChain) {
    const CertifiedKey authority = make_authority("test");
    CertifiedKey credentials = served(authority);
    credentials.certificate += authority.certificate;
    EXPECT_NO_THROW(Tls{credentials});
}

TEST(Tls, SaysWhatItExpected) {
    const CertifiedKey good = served(make_authority("test"));
    const std::string no_certificate = "expected a certificate in PEM, found no";
    const std::string key = "expected the certificate's private key in PEM, found ";
    using Part = TlsError::Part;
    EXPECT_THAT(refusal_of({"", good.key}, Part::certificate), HasSubstr(no_certificate));
    EXPECT_THAT(refusal_of({"nonsense", good.key}, Part::certificate), HasSubstr(no_certificate));
    EXPECT_THAT(refusal_of({good.key, good.key}, Part::certificate), HasSubstr(no_certificate));
    EXPECT_THAT(refusal_of({good.certificate.substr(0, 100), good.key}, Part::certificate),
                HasSubstr("found one that cannot be used: "));
    EXPECT_THAT(refusal_of({good.certificate, ""}, Part::key), HasSubstr(key + "no \"-----BEGIN PRIVATE KEY-----\""));
    EXPECT_THAT(refusal_of({good.certificate, good.certificate}, Part::key), HasSubstr(key + "no \""));
    EXPECT_THAT(refusal_of({good.certificate, good.key.substr(0, 60)}, Part::key),
                HasSubstr(key + "one that cannot be used: "));
    EXPECT_THAT(refusal_of({good.certificate, lock(good.key)}, Part::key), HasSubstr(key + "one with a passphrase"));
    for (const std::string& other : {make_authority("other").key, rsa_key()}) {
        EXPECT_THAT(refusal_of({good.certificate, other}, Part::key),
                    HasSubstr(key + "the key of another certificate"));
    }
}

}  // namespace
}  // namespace plocal::http
