// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/Dice.h"

#include <QString>

namespace naru::sim {

// What one seed's world is like. How probable a fault is is drawn too: quiet worlds, and worlds where one thing goes wrong often,
// find other defects than an even mixture does.
struct SimOptions {
    int nodes = 1;
    int items = 6;
    int hotItems = 2; // the first ones; most wishes are for these
    int hotSeats = 10;
    int coldSeats = 40;
    int burst = 6; // most requests that arrive in one step
    double hot = 0.7;
    double hold = 0.5; // goal; else confirmed at once
    double several = 0.3; // more than one line
    double wrongPrice = 0.02;
    double duplicate = 0.05; // the same request again before it is answered
    double replay = 0.05; // the same request again after it was answered
    double otherBody = 0.02; // an old key with another body
    double lostAnswer = 0.1;
    double followUp = 0.5; // something is done to a ticket that was granted
    double capacity = 0.03;
    double sweep = 0.1;
    double crash = 0; // per transaction
    double failure = 0; // the store fails: a statement or the commit
    double poison = 0; // a request whose rows the database refuses
    double clockJump = 0; // one hour forward or back, of one machine

    static SimOptions draw(Dice& dice);
    QString text() const;
};

} // namespace naru::sim
