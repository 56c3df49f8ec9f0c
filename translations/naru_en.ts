<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>RuleWords</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionWords</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::AuditPage</name>
    <message numerus="yes">
        <source>%n line(s) written to %1</source>
        <translation>
            <numerusform>%n line written to %1</numerusform>
            <numerusform>%n lines written to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) exported so far</source>
        <translation>
            <numerusform>%n line exported so far</numerusform>
            <numerusform>%n lines exported so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n read</source>
        <translation>
            <numerusform>%n read</numerusform>
            <numerusform>%n read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::BookingPane</name>
    <message numerus="yes">
        <source>%1 · %n seat(s) · %2</source>
        <translation>
            <numerusform>%1 · %n seat · %2</numerusform>
            <numerusform>%1 · %n seats · %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::BookingsPage</name>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::CancelSheet</name>
    <message numerus="yes">
        <source>%n waiting, but nobody&apos;s party fits; the seats are on sale again</source>
        <translation>
            <numerusform>%n waiting, but nobody&apos;s party fits; the seats are on sale again</numerusform>
            <numerusform>%n waiting, but nobody&apos;s party fits; the seats are on sale again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The seats are offered to the next in line, a party of %1 (%n waiting)</source>
        <translation>
            <numerusform>The seats are offered to the next in line, a party of %1 (%n waiting)</numerusform>
            <numerusform>The seats are offered to the next in line, a party of %1 (%n waiting)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::CapacitySheet</name>
    <message numerus="yes">
        <source>Changed %1; %n reservation(s) cancelled.</source>
        <translation>
            <numerusform>Changed %1; %n reservation cancelled.</numerusform>
            <numerusform>Changed %1; %n reservations cancelled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sold seat(s) would have no place. Who is affected:</source>
        <translation>
            <numerusform>%n sold seat would have no place. Who is affected:</numerusform>
            <numerusform>%n sold seats would have no place. Who is affected:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ConflictReviewPage</name>
    <message numerus="yes">
        <source>%n open conflict(s)</source>
        <translation>
            <numerusform>%n open conflict</numerusform>
            <numerusform>%n open conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided here</source>
        <translation>
            <numerusform>%n decided here</numerusform>
            <numerusform>%n decided here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>%n new above</numerusform>
            <numerusform>%n new above</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ConflictSideCard</name>
    <message numerus="yes">
        <source>%n draft(s) left</source>
        <translation>
            <numerusform>%n draft left</numerusform>
            <numerusform>%n drafts left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ConnectionLight</name>
    <message numerus="yes">
        <source>Connection lost · retrying in %n s</source>
        <translation>
            <numerusform>Connection lost · retrying in %n s</numerusform>
            <numerusform>Connection lost · retrying in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::DoctorCard</name>
    <message numerus="yes">
        <source>%n item(s) differ</source>
        <translation>
            <numerusform>%n item differs</numerusform>
            <numerusform>%n items differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::FactorCard</name>
    <message numerus="yes">
        <source>At least %n characters; a few words one can remember do well.</source>
        <translation>
            <numerusform>At least %n character; a few words one can remember do well.</numerusform>
            <numerusform>At least %n characters; a few words one can remember do well.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::HoldsCard</name>
    <message numerus="yes">
        <source>%n hold(s), soonest end first</source>
        <translation>
            <numerusform>%n hold, soonest end first</numerusform>
            <numerusform>%n holds, soonest end first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::HomePage</name>
    <message numerus="yes">
        <source>%n thing(s) wait for you</source>
        <translation>
            <numerusform>%n thing waits for you</numerusform>
            <numerusform>%n things wait for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n changes are not saved.</source>
        <translation>
            <numerusform>%n change is not saved.</numerusform>
            <numerusform>%n changes are not saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept changes restored.</source>
        <translation>
            <numerusform>%n kept change restored.</numerusform>
            <numerusform>%n kept changes restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard all %n kept changes? They cannot be brought back.</source>
        <translation>
            <numerusform>Discard the kept change? It cannot be brought back.</numerusform>
            <numerusform>Discard all %n kept changes? They cannot be brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Device clock is %n min off; times shown may differ.</source>
        <translation>
            <numerusform>Device clock is %n min off; times shown may differ.</numerusform>
            <numerusform>Device clock is %n min off; times shown may differ.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderBoardPage</name>
    <message numerus="yes">
        <source>%n new orders above</source>
        <translation>
            <numerusform>%n new order above</numerusform>
            <numerusform>%n new orders above</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderDetailPane</name>
    <message numerus="yes">
        <source>Ship %n orders</source>
        <translation>
            <numerusform>Ship %n order</numerusform>
            <numerusform>Ship %n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n orders</source>
        <translation>
            <numerusform>Refuse %n order</numerusform>
            <numerusform>Refuse %n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n orders</source>
        <translation>
            <numerusform>Cancel %n order</numerusform>
            <numerusform>Cancel %n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::OwnSecurityPage</name>
    <message numerus="yes">
        <source>%n device(s) wait for approval</source>
        <translation>
            <numerusform>%n device waits for approval</numerusform>
            <numerusform>%n devices wait for approval</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that may act for your account</source>
        <translation>
            <numerusform>%n that may act for your account</numerusform>
            <numerusform>%n that may act for your account</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductDetailPane</name>
    <message numerus="yes">
        <source>%n options</source>
        <translation>
            <numerusform>%n option</numerusform>
            <numerusform>%n options</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductsPage</name>
    <message numerus="yes">
        <source>%n changes committed.</source>
        <translation>
            <numerusform>%n change committed.</numerusform>
            <numerusform>%n changes committed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new products</source>
        <translation>
            <numerusform>%n new product</numerusform>
            <numerusform>%n new products</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ReservationMonitorPage</name>
    <message numerus="yes">
        <source>Nothing has been decided since %1; %n request(s) wait. Calendar, holds and details still work.</source>
        <translation>
            <numerusform>Nothing has been decided since %1; %n request waits. Calendar, holds and details still work.</numerusform>
            <numerusform>Nothing has been decided since %1; %n requests wait. Calendar, holds and details still work.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::RuleForm</name>
    <message numerus="yes">
        <source>except on %n day(s)</source>
        <translation>
            <numerusform>except on %n day</numerusform>
            <numerusform>except on %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SessionCover</name>
    <message numerus="yes">
        <source>Your session has expired (%n-hour limit). Please sign in again.</source>
        <translation>
            <numerusform>Your session has expired (%n-hour limit). Please sign in again.</numerusform>
            <numerusform>Your session has expired (%n-hour limit). Please sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved changes are kept.</source>
        <translation>
            <numerusform>%n unsaved change is kept.</numerusform>
            <numerusform>%n unsaved changes are kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved changes are kept safe.</source>
        <translation>
            <numerusform>%n unsaved change is kept safe.</numerusform>
            <numerusform>%n unsaved changes are kept safe.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SessionSearchPage</name>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SignInTalk</name>
    <message numerus="yes">
        <source>Already signed in: %1, last active %n min ago. Signing in here ends that session.</source>
        <translation>
            <numerusform>Already signed in: %1, last active %n min ago. Signing in here ends that session.</numerusform>
            <numerusform>Already signed in: %1, last active %n min ago. Signing in here ends that session.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Many people are signing in. Retrying in %n s.</source>
        <translation>
            <numerusform>Many people are signing in. Retrying in %n s.</numerusform>
            <numerusform>Many people are signing in. Retrying in %n s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n s.</source>
        <translation>
            <numerusform>Too many attempts. Try again in %n s.</numerusform>
            <numerusform>Too many attempts. Try again in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SlotPane</name>
    <message numerus="yes">
        <source>%n slot(s)</source>
        <translation>
            <numerusform>%n slot</numerusform>
            <numerusform>%n slots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SlotRulesPage</name>
    <message numerus="yes">
        <source>%n slot(s)</source>
        <translation>
            <numerusform>%n slot</numerusform>
            <numerusform>%n slots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>%n rule</numerusform>
            <numerusform>%n rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slot(s) in %1 days</source>
        <translation>
            <numerusform>%n slot in %1 days</numerusform>
            <numerusform>%n slots in %1 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n withdrawn</source>
        <translation>
            <numerusform>%n withdrawn</numerusform>
            <numerusform>%n withdrawn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n booked and different</source>
        <translation>
            <numerusform>%n booked and different</numerusform>
            <numerusform>%n booked and different</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The clock jumps on %n of these days.</source>
        <translation>
            <numerusform>The clock jumps on %n of these days.</numerusform>
            <numerusform>The clock jumps on %n of these days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n booked slot(s) would differ from the rule. Nothing has been changed yet; what is to become of them?</source>
        <translation>
            <numerusform>%n booked slot would differ from the rule. Nothing has been changed yet; what is to become of them?</numerusform>
            <numerusform>%n booked slots would differ from the rule. Nothing has been changed yet; what is to become of them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::StagedBar</name>
    <message numerus="yes">
        <source>%n changes</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n products</source>
        <translation>
            <numerusform>in %n product</numerusform>
            <numerusform>in %n products</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::TicketsCard</name>
    <message numerus="yes">
        <source>%n new request(s)</source>
        <translation>
            <numerusform>%n new request</numerusform>
            <numerusform>%n new requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::WaitlistCard</name>
    <message numerus="yes">
        <source>%1 · %n seat(s)</source>
        <translation>
            <numerusform>%1 · %n seat</numerusform>
            <numerusform>%1 · %n seats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>passed over %n time(s)</source>
        <translation>
            <numerusform>passed over %n time</numerusform>
            <numerusform>passed over %n times</numerusform>
        </translation>
    </message>
</context>
</TS>
