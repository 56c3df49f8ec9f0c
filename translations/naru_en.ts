<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
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
</TS>
