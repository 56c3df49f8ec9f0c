// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/TlsContext.h"

#include <openssl/ssl.h>

using namespace Qt::StringLiterals;

namespace naru::server {

QString setUpTls(boost::asio::ssl::context& context, const QString& certFile, const QString& keyFile)
{
    boost::system::error_code ec;
    context.use_certificate_chain_file(certFile.toStdString(), ec);
    if (ec)
        return u"the certificate %1 cannot be used: %2"_s.arg(certFile, QString::fromStdString(ec.message()));
    context.use_private_key_file(keyFile.toStdString(), boost::asio::ssl::context::pem, ec);
    if (ec)
        return u"the private key %1 cannot be used: %2"_s.arg(keyFile, QString::fromStdString(ec.message()));
    SSL_CTX* ctx = context.native_handle();
    if (SSL_CTX_check_private_key(ctx) != 1)
        return u"the private key %1 does not belong to the certificate %2"_s.arg(keyFile, certFile);
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(ctx, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(ctx, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS); // thousands of silent streams
    return {};
}

} // namespace naru::server
