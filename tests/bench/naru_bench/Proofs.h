// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace naru::bench {

// Proofs of possession (RFC 9449) for one account at one server, signed before they are measured: a signature costs more than all the rest of
// a request costs the generator. Each is good once, for some two minutes. All are of one length. One thread.
class ProofStock {
public:
    ProofStock(int port, std::string token) : m_port(port), m_token(std::move(token)) {}

    // At least so many proofs of POST on this path are ready, with a fresh nonce: those that were left are given up.
    void stock(const std::string& path, std::size_t count);
    // One of them; signed now when none is left, which the run is then too slow by.
    const std::string& take();
    // Of a path of its own, signed now.
    std::string make(const std::string& path) const;
    void freshNonce() const; // asks the server for one
    std::size_t signedLate() const { return m_late; }

private:
    const int m_port;
    const std::string m_token;
    std::string m_path;
    std::vector<std::string> m_ready;
    std::string m_last;
    std::size_t m_late = 0;
};

} // namespace naru::bench
