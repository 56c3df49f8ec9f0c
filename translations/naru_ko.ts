<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>AuditExport</name>
    <message>
        <source>Number</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>시각(UTC)</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇을</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
</context>
<context>
    <name>AuditWords</name>
    <message>
        <source>Password accepted</source>
        <translation>비밀번호 확인됨</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>로그인 실패</translation>
    </message>
    <message>
        <source>Sign-in slowed down</source>
        <translation>로그인 속도 제한</translation>
    </message>
    <message>
        <source>Sign-in turned away: too many at once</source>
        <translation>로그인 거절: 요청이 너무 많음</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Ended by a sign-in elsewhere</source>
        <translation>다른 곳의 로그인으로 세션 종료</translation>
    </message>
    <message>
        <source>Session expired</source>
        <translation>세션 만료</translation>
    </message>
    <message>
        <source>Session expired unused</source>
        <translation>미사용으로 세션 만료</translation>
    </message>
    <message>
        <source>Session&apos;s longest time over</source>
        <translation>세션 최대 시간 초과</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>세션 종료</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Session ended by an administrator</source>
        <translation>관리자가 세션 종료</translation>
    </message>
    <message>
        <source>Session limited to reading</source>
        <translation>세션을 읽기 전용으로 제한</translation>
    </message>
    <message>
        <source>Limit to reading lifted</source>
        <translation>읽기 전용 제한 해제</translation>
    </message>
    <message>
        <source>Unsaved work left for another computer</source>
        <translation>저장하지 않은 작업을 다른 컴퓨터로 넘김</translation>
    </message>
    <message>
        <source>Unsaved work taken to another computer</source>
        <translation>저장하지 않은 작업을 다른 컴퓨터에서 이어받음</translation>
    </message>
    <message>
        <source>Unsaved work for another computer deleted</source>
        <translation>넘겨 둔 저장 안 한 작업 삭제</translation>
    </message>
    <message>
        <source>Old sign-in used again</source>
        <translation>이미 교체된 로그인 재사용</translation>
    </message>
    <message>
        <source>Proof of the device refused</source>
        <translation>기기 증명 거절</translation>
    </message>
    <message>
        <source>Extra verification passed</source>
        <translation>추가 인증 성공</translation>
    </message>
    <message>
        <source>Extra verification failed</source>
        <translation>추가 인증 실패</translation>
    </message>
    <message>
        <source>Device registered</source>
        <translation>기기 등록</translation>
    </message>
    <message>
        <source>Device approved</source>
        <translation>기기 승인</translation>
    </message>
    <message>
        <source>Device declined</source>
        <translation>기기 거절</translation>
    </message>
    <message>
        <source>Device renamed</source>
        <translation>기기 이름 변경</translation>
    </message>
    <message>
        <source>Device changed</source>
        <translation>기기 변경</translation>
    </message>
    <message>
        <source>Device suspended</source>
        <translation>기기 일시 중지</translation>
    </message>
    <message>
        <source>Device allowed again</source>
        <translation>기기 사용 재개</translation>
    </message>
    <message>
        <source>Device removed</source>
        <translation>기기 제거</translation>
    </message>
    <message>
        <source>Device reported its state</source>
        <translation>기기 상태 보고</translation>
    </message>
    <message>
        <source>Rule fired</source>
        <translation>보안 규칙 작동</translation>
    </message>
    <message>
        <source>Session conflict opened</source>
        <translation>세션 충돌 발생</translation>
    </message>
    <message>
        <source>“This was not me”</source>
        <translation>“제가 아닙니다”</translation>
    </message>
    <message>
        <source>Session conflict taken</source>
        <translation>세션 충돌 담당 시작</translation>
    </message>
    <message>
        <source>Session conflict decided</source>
        <translation>세션 충돌 결정</translation>
    </message>
    <message>
        <source>Session conflict escalated</source>
        <translation>세션 충돌 상급자 전달</translation>
    </message>
    <message>
        <source>Session conflict not reviewed</source>
        <translation>세션 충돌 검토 없이 종결</translation>
    </message>
    <message>
        <source>Lock confirmed by a second person</source>
        <translation>두 번째 담당자가 잠금 확인</translation>
    </message>
    <message>
        <source>Lock asked for in a conflict</source>
        <translation>세션 충돌에서 잠금 요청</translation>
    </message>
    <message>
        <source>Session conflict graver</source>
        <translation>세션 충돌 심각도 상승</translation>
    </message>
    <message>
        <source>Device approved once, a second person has to</source>
        <translation>기기 1차 승인, 두 번째 승인 필요</translation>
    </message>
    <message>
        <source>Device asks for approval</source>
        <translation>기기 승인 요청</translation>
    </message>
    <message>
        <source>Lock of an account asked for</source>
        <translation>계정 잠금 요청</translation>
    </message>
    <message>
        <source>Factors reset</source>
        <translation>인증 수단 초기화</translation>
    </message>
    <message>
        <source>Signing key withdrawn</source>
        <translation>서명 키 폐기</translation>
    </message>
    <message>
        <source>Sign-in to a closed account refused</source>
        <translation>닫힌 계정의 로그인 거절</translation>
    </message>
    <message>
        <source>Session policy changed</source>
        <translation>세션 정책 변경</translation>
    </message>
    <message>
        <source>Sign-in service changed its mode</source>
        <translation>로그인 서비스 상태 변경</translation>
    </message>
    <message>
        <source>Signing key replaced</source>
        <translation>서명 키 교체</translation>
    </message>
    <message>
        <source>Account made</source>
        <translation>계정 생성</translation>
    </message>
    <message>
        <source>Account locked</source>
        <translation>계정 잠김</translation>
    </message>
    <message>
        <source>Account unlocked</source>
        <translation>계정 잠금 해제</translation>
    </message>
    <message>
        <source>Revocation asked for</source>
        <translation>권한 취소 요청</translation>
    </message>
    <message>
        <source>Revoked everywhere</source>
        <translation>모든 곳에서 권한 취소</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>비밀번호 변경</translation>
    </message>
    <message>
        <source>Code generator set up</source>
        <translation>인증 앱 등록</translation>
    </message>
    <message>
        <source>Code generator removed</source>
        <translation>인증 앱 제거</translation>
    </message>
    <message>
        <source>Recovery codes made</source>
        <translation>복구 코드 발급</translation>
    </message>
    <message>
        <source>Order placed</source>
        <translation>주문 접수</translation>
    </message>
    <message>
        <source>Order passed to the vendor</source>
        <translation>업체에 주문 전달</translation>
    </message>
    <message>
        <source>Payment reported</source>
        <translation>결제 보고</translation>
    </message>
    <message>
        <source>Refund requested</source>
        <translation>환불 요청</translation>
    </message>
    <message>
        <source>Product made</source>
        <translation>상품 등록</translation>
    </message>
    <message>
        <source>Product changed</source>
        <translation>상품 변경</translation>
    </message>
    <message>
        <source>Cancellation terms of a product changed</source>
        <translation>상품 취소 규정 변경</translation>
    </message>
    <message>
        <source>Booking terms of a product changed</source>
        <translation>상품 예약 규정 변경</translation>
    </message>
    <message>
        <source>Price or offer changed</source>
        <translation>가격·판매 조건 변경</translation>
    </message>
    <message>
        <source>Stock set</source>
        <translation>재고 설정</translation>
    </message>
    <message>
        <source>Stock adjusted</source>
        <translation>재고 조정</translation>
    </message>
    <message>
        <source>Stock repaired</source>
        <translation>재고 복구</translation>
    </message>
    <message>
        <source>Slots opened</source>
        <translation>회차 열림</translation>
    </message>
    <message>
        <source>Slot made</source>
        <translation>회차 생성</translation>
    </message>
    <message>
        <source>Slot is over</source>
        <translation>회차 종료</translation>
    </message>
    <message>
        <source>Slot rule made</source>
        <translation>회차 규칙 생성</translation>
    </message>
    <message>
        <source>Slot rule changed</source>
        <translation>회차 규칙 변경</translation>
    </message>
    <message>
        <source>Slot rule ended</source>
        <translation>회차 규칙 종료</translation>
    </message>
    <message>
        <source>Slot rule made new slots</source>
        <translation>회차 규칙이 새 회차 생성</translation>
    </message>
    <message>
        <source>Hold extended</source>
        <translation>점유 연장</translation>
    </message>
    <message>
        <source>Booking moved</source>
        <translation>예약을 다른 회차으로 이동</translation>
    </message>
    <message>
        <source>Seats offered to the waiting list</source>
        <translation>대기자에게 자리 제안</translation>
    </message>
    <message>
        <source>Seats kept for the waiting list</source>
        <translation>대기자용 자리 확보</translation>
    </message>
    <message>
        <source>Vendor suspended</source>
        <translation>입점 업체 이용 정지</translation>
    </message>
    <message>
        <source>Vendor&apos;s suspension taken back</source>
        <translation>입점 업체 이용 정지 해제</translation>
    </message>
    <message>
        <source>Vendor made</source>
        <translation>입점 업체 등록</translation>
    </message>
    <message>
        <source>Customer made</source>
        <translation>고객 등록</translation>
    </message>
    <message>
        <source>Cancellation terms made</source>
        <translation>취소 규정 생성</translation>
    </message>
    <message>
        <source>Opening planned</source>
        <translation>오픈 예정</translation>
    </message>
    <message>
        <source>Opening began</source>
        <translation>오픈 시작</translation>
    </message>
    <message>
        <source>Opening drawn</source>
        <translation>오픈 추첨</translation>
    </message>
    <message>
        <source>Opening cancelled</source>
        <translation>오픈 취소</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>기기</translation>
    </message>
    <message>
        <source>Conflict of sessions</source>
        <translation>세션 충돌</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>판매 조건</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>재고</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>주문</translation>
    </message>
    <message>
        <source>Vendor order</source>
        <translation>업체 주문</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>결제</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>환불</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>예약 요청</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>점유</translation>
    </message>
    <message>
        <source>Booking</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>회차</translation>
    </message>
    <message>
        <source>Slot rule</source>
        <translation>회차 규칙</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>오픈</translation>
    </message>
    <message>
        <source>Cancellation terms</source>
        <translation>취소 규정</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>suspicious</source>
        <translation>의심</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>신고</translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>교체</translation>
    </message>
    <message>
        <source>reading only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>new device</source>
        <translation>처음 보는 기기</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>price</source>
        <translation>가격</translation>
    </message>
    <message>
        <source>list price</source>
        <translation>정가</translation>
    </message>
    <message>
        <source>total</source>
        <translation>합계</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>on sale</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>수량</translation>
    </message>
    <message>
        <source>on hand</source>
        <translation>보유</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>증감</translation>
    </message>
    <message>
        <source>title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>state</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>login</source>
        <translation>아이디</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>결정</translation>
    </message>
    <message>
        <source>note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>trust</source>
        <translation>신뢰 등급</translation>
    </message>
    <message>
        <source>trust before</source>
        <translation>이전 신뢰 등급</translation>
    </message>
    <message>
        <source>capacity</source>
        <translation>정원</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>줄</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>종류</translation>
    </message>
</context>
<context>
    <name>BookingWords</name>
    <message>
        <source>Received</source>
        <translation>입고</translation>
    </message>
    <message>
        <source>Adjusted</source>
        <translation>조정</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>점유</translation>
    </message>
    <message>
        <source>Hold released</source>
        <translation>점유 해제</translation>
    </message>
    <message>
        <source>Hold ran out</source>
        <translation>점유 만료</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>반환됨</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>출고</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>반품</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>예약됨</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>옮김</translation>
    </message>
    <message>
        <source>Cancellation asked</source>
        <translation>취소 요청</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>Checked in</source>
        <translation>체크인</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>노쇼</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>제안됨</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>수락함</translation>
    </message>
    <message>
        <source>Offer ran out</source>
        <translation>제안 만료</translation>
    </message>
    <message>
        <source>Left the list</source>
        <translation>대기 취소</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>승인 대기</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>승인됨</translation>
    </message>
    <message>
        <source>Being refunded</source>
        <translation>환불 중</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>환불 완료</translation>
    </message>
    <message>
        <source>Refund failed</source>
        <translation>환불 실패</translation>
    </message>
    <message>
        <source>Refund refused</source>
        <translation>환불 거절</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>이용함</translation>
    </message>
    <message>
        <source>held until %1</source>
        <translation>%1까지 점유</translation>
    </message>
    <message>
        <source>Lower it and stay overbooked</source>
        <translation>줄이고 초과 예약으로 두기</translation>
    </message>
    <message>
        <source>Keep the seats, sell no more</source>
        <translation>정원은 두고 판매만 마감</translation>
    </message>
    <message>
        <source>Cancel those ticked</source>
        <translation>선택한 예약 취소</translation>
    </message>
    <message>
        <source>Lower it to what is sold</source>
        <translation>판매된 만큼까지만 줄이기</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>The figure is not the sum of its rows</source>
        <translation>숫자가 원장 합계와 다릅니다</translation>
    </message>
    <message>
        <source>A row is missing in the numbering</source>
        <translation>원장 번호가 비어 있습니다</translation>
    </message>
    <message>
        <source>Held is not the sum of the open holds</source>
        <translation>점유 수가 열린 점유의 합과 다릅니다</translation>
    </message>
    <message>
        <source>Sold is not the sum of the open allocations</source>
        <translation>판매 수가 배정의 합과 다릅니다</translation>
    </message>
    <message>
        <source>The rows of a hold do not add up</source>
        <translation>점유의 원장 행이 맞지 않습니다</translation>
    </message>
    <message>
        <source>A reservation has other seats than its state says</source>
        <translation>예약 상태와 배정된 좌석이 다릅니다</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 until the start</source>
        <translation>시작 전까지 %1</translation>
    </message>
    <message>
        <source>%1 until %2 before</source>
        <translation>%2 전까지 %1</translation>
    </message>
    <message>
        <source>less %1</source>
        <translation>%1 공제</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Wrong ID or password.</source>
        <translation>아이디 또는 비밀번호가 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>This account can be used in one place. Sign out there first.</source>
        <translation>이 계정은 한 곳에서만 사용할 수 있습니다. 먼저 그곳에서 로그아웃해 주세요.</translation>
    </message>
    <message>
        <source>This account is already signed in elsewhere.</source>
        <translation>이미 다른 곳에서 로그인되어 있습니다.</translation>
    </message>
    <message>
        <source>Somebody else was faster. The newest state is shown; your change was not made.</source>
        <translation>다른 사람이 먼저 바꿨습니다. 최신 상태를 표시했으며, 변경하지 않았습니다.</translation>
    </message>
    <message>
        <source>This move is not allowed from the present state. Nothing was changed.</source>
        <translation>지금 상태에서는 할 수 없는 변경입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Your role may not do this. Nothing was changed.</source>
        <translation>이 작업을 할 권한이 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Sold out. Nothing was booked.</source>
        <translation>매진되었습니다. 예약된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Others hold the rest at the moment. Nothing was booked.</source>
        <translation>남은 자리를 다른 고객이 점유 중입니다. 예약된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The price has changed. Nothing was booked.</source>
        <translation>가격이 바뀌었습니다. 예약된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Your session has expired. Please sign in again.</source>
        <translation>인증 세션이 만료되었습니다. 다시 로그인해 주세요.</translation>
    </message>
    <message>
        <source>This session ended because the account signed in elsewhere.</source>
        <translation>다른 곳에서 로그인되어 이 세션이 종료되었습니다.</translation>
    </message>
    <message>
        <source>An administrator ended this session.</source>
        <translation>관리자가 이 세션을 종료했습니다.</translation>
    </message>
    <message>
        <source>The same request was sent twice with other content. Nothing was changed.</source>
        <translation>같은 요청이 다른 내용으로 두 번 전송되었습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>취소했습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server cannot be reached. Nothing was changed.</source>
        <translation>서버에 연결할 수 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server did not answer in time. Check the newest state before you try again.</source>
        <translation>서버가 제때 응답하지 않았습니다. 최신 상태를 확인한 뒤 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>You are not signed in. Nothing was changed.</source>
        <translation>로그인되어 있지 않습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This record does not exist or is not yours to see.</source>
        <translation>기록이 없거나 볼 권한이 없습니다.</translation>
    </message>
    <message>
        <source>This contradicts the present state. Nothing was changed.</source>
        <translation>지금 상태와 맞지 않습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server did not accept the values. Nothing was changed.</source>
        <translation>서버가 값을 받아들이지 않았습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Too many requests. Try again shortly; nothing was changed.</source>
        <translation>요청이 너무 많습니다. 잠시 후 다시 시도해 주세요. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server had a problem. Check the newest state before you try again.</source>
        <translation>서버에 문제가 생겼습니다. 최신 상태를 확인한 뒤 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be read. Console and server may be of different versions.</source>
        <translation>서버의 응답을 읽을 수 없습니다. 콘솔과 서버의 버전이 다를 수 있습니다.</translation>
    </message>
    <message>
        <source>The local store could not be read or written. Is the disk full?</source>
        <translation>이 기기의 저장소를 읽거나 쓸 수 없습니다. 디스크가 가득 찼는지 확인해 주세요.</translation>
    </message>
    <message>
        <source>This device&apos;s keyring is locked or missing. Sign-in is forgotten when you quit.</source>
        <translation>이 기기의 보안 저장소가 잠겨 있거나 없습니다. 프로그램을 종료하면 로그인 정보가 사라집니다.</translation>
    </message>
    <message>
        <source>Too much is going on at once. Try again shortly; nothing was changed.</source>
        <translation>지금 처리할 일이 너무 많습니다. 잠시 후 다시 시도해 주세요. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The program is closing. Nothing was changed.</source>
        <translation>프로그램을 종료하는 중입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The program made a mistake. Please report the code.</source>
        <translation>프로그램 오류입니다. 코드를 알려 주세요.</translation>
    </message>
    <message>
        <source>Too many attempts. Try again in %n s.</source>
        <translation>로그인 시도가 너무 많습니다. %n초 후 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>Many people are signing in. Try again in %n s.</source>
        <translation>로그인 요청이 많습니다. %n초 후 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>This hold has already ended. Nothing was changed.</source>
        <translation>이미 끝난 점유입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This hold cannot be extended any further. Nothing was changed.</source>
        <translation>이 점유는 더 연장할 수 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This hold belongs to an order; cancel the order instead. Nothing was changed.</source>
        <translation>주문에 속한 점유입니다. 주문을 취소해 주세요. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>More is already promised than would be left. The stock was not changed.</source>
        <translation>이미 약속된 수량보다 적어집니다. 재고를 바꾸지 않았습니다.</translation>
    </message>
    <message>
        <source>This price is no longer in force. The newest one is shown; nothing was changed.</source>
        <translation>더 이상 적용되지 않는 가격입니다. 최신 가격을 표시했으며, 변경하지 않았습니다.</translation>
    </message>
    <message>
        <source>This order has already been shipped. Nothing was changed.</source>
        <translation>이미 발송된 주문입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This code is already in use. Nothing was changed.</source>
        <translation>이미 쓰고 있는 코드입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This account is closed. Please ask an administrator.</source>
        <translation>닫힌 계정입니다. 관리자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted. Nothing was sent.</source>
        <translation>서버 인증서를 믿을 수 없습니다. 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>No secure connection could be made. Nothing was sent.</source>
        <translation>안전하게 연결할 수 없습니다. 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>The server address is wrong. Please check it in the settings.</source>
        <translation>서버 주소가 올바르지 않습니다. 설정에서 확인해 주세요.</translation>
    </message>
    <message>
        <source>A server elsewhere needs a secure address (https). Nothing was sent.</source>
        <translation>다른 컴퓨터의 서버에는 안전한 주소(https)가 필요합니다. 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>Your role may not move this from “%1” to “%2”. Nothing was changed.</source>
        <translation>지금 역할로는 ‘%1’에서 ‘%2’(으)로 바꿀 수 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This account is locked. Please ask support or an administrator.</source>
        <translation>이 계정은 잠겨 있습니다. 지원 담당자나 관리자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>This computer may no longer sign in. Please ask support or an administrator.</source>
        <translation>이 컴퓨터에서는 더 이상 로그인할 수 없습니다. 지원 담당자나 관리자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>This new device needs approval.</source>
        <translation>새 기기 등록에 승인이 필요합니다.</translation>
    </message>
    <message>
        <source>This action needs extra verification. Nothing was changed.</source>
        <translation>이 작업에는 추가 인증이 필요합니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Read-only until verified. Nothing was changed.</source>
        <translation>본인 확인 전까지 읽기 전용입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This is paused while the sign-in service is unreachable. Nothing was changed.</source>
        <translation>인증 서버에 연결할 수 없는 동안에는 사용할 수 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Something went wrong during authentication. Please try again.</source>
        <translation>인증 과정에서 문제가 발생했습니다. 다시 시도해보세요.</translation>
    </message>
    <message>
        <source>This can no longer be reported from here. Please ask support.</source>
        <translation>여기서는 더 이상 신고할 수 없습니다. 지원 담당자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>This is not right, or it was used before. Please try again.</source>
        <translation>올바르지 않거나 이미 사용한 값입니다. 다시 입력해 주세요.</translation>
    </message>
    <message>
        <source>Too much time went by. Please begin with the password again.</source>
        <translation>시간이 너무 오래 지났습니다. 비밀번호부터 다시 입력해 주세요.</translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message>
        <source>first</source>
        <translation>첫째</translation>
    </message>
    <message>
        <source>second</source>
        <translation>둘째</translation>
    </message>
    <message>
        <source>third</source>
        <translation>셋째</translation>
    </message>
    <message>
        <source>fourth</source>
        <translation>넷째</translation>
    </message>
    <message>
        <source>last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>every day</source>
        <translation>매일</translation>
    </message>
    <message>
        <source>every %n days</source>
        <translation>%n일마다</translation>
    </message>
    <message>
        <source>every week</source>
        <translation>매주</translation>
    </message>
    <message>
        <source>every %n weeks</source>
        <translation>%n주마다</translation>
    </message>
    <message>
        <source>every month</source>
        <translation>매월</translation>
    </message>
    <message>
        <source>every %n months</source>
        <translation>%n개월마다</translation>
    </message>
    <message>
        <source>the last day</source>
        <translation>말일</translation>
    </message>
    <message>
        <source>day %1</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n회</numerusform>
        </translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>%1까지</translation>
    </message>
    <message>
        <source>%1 at %2, %3 min, %4 seats</source>
        <translation>%1 %2, %3분, 정원 %4</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새로 생김</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>comes back</source>
        <translation>다시 열림</translation>
    </message>
    <message>
        <source>booked and different</source>
        <translation>예약이 있고 규칙과 다름</translation>
    </message>
    <message>
        <source>made by hand</source>
        <translation>직접 만든 회차</translation>
    </message>
</context>
<context>
    <name>SecurityWords</name>
    <message>
        <source>New device</source>
        <translation>새 기기</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>신고됨</translation>
    </message>
    <message>
        <source>To and fro</source>
        <translation>왕복 접속</translation>
    </message>
    <message>
        <source>Used in two places</source>
        <translation>동시 사용</translation>
    </message>
    <message>
        <source>Old sign-in reused</source>
        <translation>로그인 재사용</translation>
    </message>
    <message>
        <source>Other network</source>
        <translation>다른 네트워크</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Signed in elsewhere</source>
        <translation>다른 곳에서 로그인</translation>
    </message>
    <message>
        <source>Expired unused</source>
        <translation>미사용 만료</translation>
    </message>
    <message>
        <source>Longest time over</source>
        <translation>최대 시간 초과</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>로그아웃함</translation>
    </message>
    <message>
        <source>Ended by an administrator</source>
        <translation>관리자가 종료</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>승인 대기</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>등록됨</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>제거됨</translation>
    </message>
    <message>
        <source>Account open</source>
        <translation>계정 정상</translation>
    </message>
    <message>
        <source>Account locked</source>
        <translation>계정 잠김</translation>
    </message>
    <message>
        <source>Account closed</source>
        <translation>계정 닫힘</translation>
    </message>
    <message>
        <source>Trust 0 · unknown</source>
        <translation>신뢰 0 · 알 수 없음</translation>
    </message>
    <message>
        <source>Trust 1 · registered</source>
        <translation>신뢰 1 · 등록됨</translation>
    </message>
    <message>
        <source>Trust 2 · key kept safe</source>
        <translation>신뢰 2 · 키 안전 보관</translation>
    </message>
    <message>
        <source>Trust 3 · key in hardware</source>
        <translation>신뢰 3 · 하드웨어 키</translation>
    </message>
    <message>
        <source>Same person</source>
        <translation>본인 확인됨</translation>
    </message>
    <message>
        <source>New session ended</source>
        <translation>새 세션 종료</translation>
    </message>
    <message>
        <source>Old session ended</source>
        <translation>이전 세션 종료</translation>
    </message>
    <message>
        <source>Factors reset</source>
        <translation>인증 수단 초기화</translation>
    </message>
    <message>
        <source>Pair allowed</source>
        <translation>이 조합 허용</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>상급자에게 전달</translation>
    </message>
    <message>
        <source>Requests were signed with another key than the one this session is bound to.</source>
        <translation>이 세션에 묶인 키가 아닌 다른 키로 요청에 서명했습니다.</translation>
    </message>
    <message>
        <source>A sign-in that had been replaced long ago was used once more, as a copied one would be.</source>
        <translation>오래전에 교체된 로그인 정보가 다시 쓰였습니다. 복사된 정보일 수 있습니다.</translation>
    </message>
    <message>
        <source>A sign-in code was used twice.</source>
        <translation>로그인 코드가 두 번 쓰였습니다.</translation>
    </message>
    <message>
        <source>The same two devices took the account from each other three times within ten minutes.</source>
        <translation>같은 두 기기가 10분 안에 세 번 서로의 세션을 밀어냈습니다.</translation>
    </message>
    <message>
        <source>The account was taken over by a device that had never been seen before.</source>
        <translation>처음 보는 기기가 계정을 넘겨받았습니다.</translation>
    </message>
    <message>
        <source>The person at the old device said: this was not me.</source>
        <translation>이전 기기의 사용자가 “제가 아닙니다”라고 신고했습니다.</translation>
    </message>
    <message>
        <source>Address and network owner changed within one session.</source>
        <translation>한 세션 안에서 주소와 통신망이 모두 바뀌었습니다.</translation>
    </message>
    <message>
        <source>One session was used from two networks within a minute.</source>
        <translation>한 세션이 1분 안에 두 네트워크에서 쓰였습니다.</translation>
    </message>
    <message>
        <source>The device lost something that was required of it.</source>
        <translation>기기가 갖춰야 할 조건을 잃었습니다.</translation>
    </message>
    <message>
        <source>The device has missed two of its reports.</source>
        <translation>기기가 상태 보고를 두 번 빠뜨렸습니다.</translation>
    </message>
    <message>
        <source>The device&apos;s clock is more than five minutes off.</source>
        <translation>기기 시각이 5분 넘게 어긋났습니다.</translation>
    </message>
    <message>
        <source>Far more records were read than this person usually reads.</source>
        <translation>평소보다 훨씬 많은 기록을 읽었습니다.</translation>
    </message>
    <message>
        <source>Work at unusual hours, on a new device.</source>
        <translation>새 기기에서 평소와 다른 시간에 작업했습니다.</translation>
    </message>
    <message>
        <source>The account was disabled, or left its company.</source>
        <translation>계정이 중지되었거나 소속 회사를 떠났습니다.</translation>
    </message>
    <message>
        <source>The new sign-in came from another network within ten minutes of the last work.</source>
        <translation>마지막 작업 후 10분 안에 다른 네트워크에서 로그인했습니다.</translation>
    </message>
    <message>
        <source>The program&apos;s own files do not match what was delivered.</source>
        <translation>프로그램 파일이 배포된 것과 다릅니다.</translation>
    </message>
    <message>
        <source>The device keeps its key less safely than before.</source>
        <translation>기기가 키를 전보다 덜 안전하게 보관합니다.</translation>
    </message>
    <message>
        <source>The account was locked.</source>
        <translation>계정이 잠겼습니다.</translation>
    </message>
    <message>
        <source>The account was closed.</source>
        <translation>계정이 닫혔습니다.</translation>
    </message>
    <message>
        <source>The account&apos;s company was suspended.</source>
        <translation>계정의 소속 회사가 중지되었습니다.</translation>
    </message>
    <message>
        <source>Unsaved edits were left at the old device.</source>
        <translation>이전 기기에 저장하지 않은 변경이 남아 있습니다.</translation>
    </message>
    <message>
        <source>The old session had been in use less than two minutes before.</source>
        <translation>이전 세션이 2분 안까지 사용 중이었습니다.</translation>
    </message>
    <message>
        <source>Soon after the take-over, work of the highest class was tried.</source>
        <translation>교체 직후 가장 민감한 작업을 시도했습니다.</translation>
    </message>
    <message>
        <source>asks for this review</source>
        <translation>검토 요청</translation>
    </message>
    <message>
        <source>limited to reading</source>
        <translation>읽기 전용으로 제한</translation>
    </message>
    <message>
        <source>asks before the next take-over</source>
        <translation>다음 교체 전에 확인</translation>
    </message>
    <message>
        <source>session ended</source>
        <translation>세션 종료</translation>
    </message>
    <message>
        <source>person told</source>
        <translation>본인에게 알림</translation>
    </message>
    <message>
        <source>extra verification asked</source>
        <translation>추가 인증 요청</translation>
    </message>
    <message>
        <source>trust lowered</source>
        <translation>신뢰 등급 낮춤</translation>
    </message>
    <message>
        <source>noted</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>잠금</translation>
    </message>
    <message>
        <source>Its key is kept in memory only, not in the keyring.</source>
        <translation>키를 키링이 아니라 메모리에만 보관합니다.</translation>
    </message>
    <message>
        <source>It has not reported for more than half an hour.</source>
        <translation>30분 넘게 상태를 보고하지 않았습니다.</translation>
    </message>
    <message>
        <source>It has not reported yet.</source>
        <translation>아직 상태를 보고하지 않았습니다.</translation>
    </message>
    <message>
        <source>Its key is not kept in hardware.</source>
        <translation>키를 하드웨어에 보관하지 않습니다.</translation>
    </message>
    <message>
        <source>Its key is kept less safely than before.</source>
        <translation>키를 전보다 덜 안전하게 보관합니다.</translation>
    </message>
    <message>
        <source>It is not registered at the moment.</source>
        <translation>지금은 등록되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>The program runs with the rights of the system administrator.</source>
        <translation>프로그램이 시스템 관리자 권한으로 실행됩니다.</translation>
    </message>
    <message>
        <source>Its disk is not encrypted.</source>
        <translation>디스크가 암호화되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Its screen does not lock itself.</source>
        <translation>화면이 자동으로 잠기지 않습니다.</translation>
    </message>
    <message>
        <source>Its firewall is off.</source>
        <translation>방화벽이 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>Its protection against malware is off.</source>
        <translation>악성코드 방지가 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>Where the key is kept</source>
        <translation>키 보관 위치</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>운영체제</translation>
    </message>
    <message>
        <source>Disk encryption</source>
        <translation>디스크 암호화</translation>
    </message>
    <message>
        <source>Secure boot</source>
        <translation>보안 부팅</translation>
    </message>
    <message>
        <source>Screen lock</source>
        <translation>화면 잠금</translation>
    </message>
    <message>
        <source>Firewall</source>
        <translation>방화벽</translation>
    </message>
    <message>
        <source>Protection against malware</source>
        <translation>악성코드 방지</translation>
    </message>
    <message>
        <source>The program&apos;s own files</source>
        <translation>프로그램 파일</translation>
    </message>
    <message>
        <source>Runs as system administrator</source>
        <translation>시스템 관리자 권한으로 실행</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>시계</translation>
    </message>
    <message>
        <source>A key in the keyring cannot be copied as easily as one in a file.</source>
        <translation>키링에 둔 키는 파일에 둔 키처럼 쉽게 복사할 수 없습니다.</translation>
    </message>
    <message>
        <source>To tell which computers have missed a security update.</source>
        <translation>보안 업데이트를 놓친 컴퓨터를 알기 위해서입니다.</translation>
    </message>
    <message>
        <source>If the computer is lost, nobody can read what it kept.</source>
        <translation>컴퓨터를 잃어버려도 내용을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The system was started by nobody else&apos;s program.</source>
        <translation>다른 프로그램이 시스템을 부팅하지 않았다는 뜻입니다.</translation>
    </message>
    <message>
        <source>Nobody works on in your place while you are away.</source>
        <translation>자리를 비운 사이 다른 사람이 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>A changed program may do other things than you asked for.</source>
        <translation>변경된 프로그램은 시키지 않은 일을 할 수 있습니다.</translation>
    </message>
    <message>
        <source>A program with all rights can be used to do more harm.</source>
        <translation>모든 권한을 가진 프로그램은 더 큰 피해를 줄 수 있습니다.</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켜짐</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>as delivered</source>
        <translation>배포본 그대로</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>변경됨</translation>
    </message>
    <message>
        <source>keyring</source>
        <translation>키링</translation>
    </message>
    <message>
        <source>memory only</source>
        <translation>메모리에만</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>하드웨어</translation>
    </message>
    <message>
        <source>used in two places</source>
        <translation>두 곳에서 사용됨</translation>
    </message>
    <message>
        <source>reported by its owner</source>
        <translation>본인이 신고</translation>
    </message>
    <message>
        <source>verification failed</source>
        <translation>본인 확인 실패</translation>
    </message>
    <message>
        <source>signed with another key</source>
        <translation>다른 키로 서명</translation>
    </message>
    <message>
        <source>new device at unusual hours</source>
        <translation>평소와 다른 시간대의 새 기기</translation>
    </message>
    <message>
        <source>read far more than usual</source>
        <translation>평소보다 훨씬 많은 조회</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>결정됨</translation>
    </message>
    <message>
        <source>Closed unreviewed</source>
        <translation>검토 없이 종결</translation>
    </message>
    <message>
        <source>never-seen device</source>
        <translation>처음 보는 기기</translation>
    </message>
    <message>
        <source>another place</source>
        <translation>다른 장소</translation>
    </message>
    <message>
        <source>was in use just before</source>
        <translation>직전까지 사용 중</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>key in memory only</source>
        <translation>키 메모리 보관</translation>
    </message>
    <message>
        <source>key in the keyring</source>
        <translation>키 키링 보관</translation>
    </message>
    <message>
        <source>key in hardware</source>
        <translation>키 하드웨어 보관</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1개월</translation>
    </message>
    <message>
        <source>Nobody reaches this computer uninvited through the network.</source>
        <translation>네트워크를 통해 허락 없이 이 컴퓨터에 접근할 수 없습니다.</translation>
    </message>
    <message>
        <source>Programs known to do harm are stopped.</source>
        <translation>알려진 악성 프로그램의 실행을 막습니다.</translation>
    </message>
    <message>
        <source>The times shown may be off by as much.</source>
        <translation>표시 시각이 그만큼 다를 수 있습니다.</translation>
    </message>
    <message>
        <source>The system does not name itself.</source>
        <translation>운영체제가 이름을 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>Nothing is seen of it from here; the disk may do it by itself.</source>
        <translation>여기서는 확인되지 않습니다. 디스크가 스스로 암호화할 수도 있습니다.</translation>
    </message>
    <message>
        <source>The firmware of this computer does not tell.</source>
        <translation>이 컴퓨터의 펌웨어가 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>Each desktop keeps this in a place of its own, so Naru does not look.</source>
        <translation>데스크톱마다 설정 위치가 달라 나루는 확인하지 않습니다.</translation>
    </message>
    <message>
        <source>The system tells only its administrator.</source>
        <translation>운영체제가 관리자에게만 알려 줍니다.</translation>
    </message>
    <message>
        <source>There is no common way to ask here.</source>
        <translation>여기서는 공통으로 확인할 방법이 없습니다.</translation>
    </message>
    <message>
        <source>The package brings nothing to compare with yet.</source>
        <translation>아직 비교할 배포본 정보가 패키지에 없습니다.</translation>
    </message>
    <message>
        <source>Seen by the server.</source>
        <translation>서버가 확인한 값입니다.</translation>
    </message>
</context>
<context>
    <name>SessionWords</name>
    <message>
        <source>the session was used from two places at once</source>
        <translation>두 곳에서 동시에 사용되었습니다</translation>
    </message>
    <message>
        <source>somebody reported that this sign-in was not made by the owner</source>
        <translation>본인의 로그인이 아니라는 신고가 있었습니다</translation>
    </message>
    <message>
        <source>verification failed too often</source>
        <translation>추가 인증에 여러 번 실패했습니다</translation>
    </message>
    <message>
        <source>requests came with another computer&apos;s key</source>
        <translation>다른 컴퓨터의 키로 요청이 들어왔습니다</translation>
    </message>
    <message>
        <source>a new computer, at an hour at which you never worked before</source>
        <translation>평소 일하지 않던 시간에 처음 쓰는 컴퓨터로 로그인했습니다</translation>
    </message>
    <message>
        <source>far more was read than you usually read; reading waits, too</source>
        <translation>평소보다 훨씬 많은 자료를 조회하여 조회도 멈췄습니다</translation>
    </message>
    <message>
        <source>%n s</source>
        <translation>%n초</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n분</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>another device</source>
        <translation>다른 기기</translation>
    </message>
    <message>
        <source>Account %1</source>
        <translation>계정 %1</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>코드 %1</translation>
    </message>
</context>
<context>
    <name>StateText</name>
    <message>
        <source>Draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>검토 중</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>예약됨</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>판매 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Discontinued</source>
        <translation>단종</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>To accept</source>
        <translation>접수 대기</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>Partly shipped</source>
        <translation>일부 발송</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>발송</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>배송 완료</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Payment due</source>
        <translation>결제 대기</translation>
    </message>
    <message>
        <source>Paying</source>
        <translation>결제 중</translation>
    </message>
    <message>
        <source>Payment authorised</source>
        <translation>결제 승인</translation>
    </message>
    <message>
        <source>Partly captured</source>
        <translation>일부 매입</translation>
    </message>
    <message>
        <source>Captured</source>
        <translation>매입</translation>
    </message>
    <message>
        <source>Payment failed</source>
        <translation>결제 실패</translation>
    </message>
    <message>
        <source>Authorisation voided</source>
        <translation>승인 취소</translation>
    </message>
    <message>
        <source>Payment expired</source>
        <translation>결제 만료</translation>
    </message>
    <message>
        <source>Partly refunded</source>
        <translation>일부 환불</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>환불</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Deciding</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>점유</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>만료</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Cancellation asked</source>
        <translation>취소 요청</translation>
    </message>
    <message>
        <source>Checked in</source>
        <translation>입장</translation>
    </message>
    <message>
        <source>No-show</source>
        <translation>노쇼</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Stock being reserved</source>
        <translation>재고 확인 중</translation>
    </message>
    <message>
        <source>Order placed</source>
        <translation>주문 접수</translation>
    </message>
    <message>
        <source>In fulfilment</source>
        <translation>이행 중</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>월</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>화</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>수</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>목</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>금</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>토</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Reservation</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Live sale</source>
        <translation>실시간 판매</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>매진</translation>
    </message>
    <message>
        <source>Held by others</source>
        <translation>다른 고객 점유</translation>
    </message>
    <message>
        <source>Sales closed</source>
        <translation>판매 종료</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>마감 지남</translation>
    </message>
    <message>
        <source>Limit per person</source>
        <translation>1인 한도</translation>
    </message>
    <message>
        <source>Price changed</source>
        <translation>가격 변경</translation>
    </message>
    <message>
        <source>Part missing</source>
        <translation>일부 부족</translation>
    </message>
    <message>
        <source>Queue full</source>
        <translation>대기열 가득</translation>
    </message>
    <message>
        <source>Gave up</source>
        <translation>처리 포기</translation>
    </message>
    <message>
        <source>Offer another date, or raise the capacity.</source>
        <translation>다른 날짜를 안내하거나 정원을 늘려 주세요.</translation>
    </message>
    <message>
        <source>Try again when the first hold ends.</source>
        <translation>가장 먼저 끝나는 점유가 풀리면 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>Open the slot again to sell it.</source>
        <translation>판매하려면 회차를 다시 열어 주세요.</translation>
    </message>
    <message>
        <source>Choose a later start.</source>
        <translation>더 늦은 회차를 골라 주세요.</translation>
    </message>
    <message>
        <source>The customer already has as many as allowed.</source>
        <translation>고객이 이미 한도만큼 예약했습니다.</translation>
    </message>
    <message>
        <source>Ask again with the new price.</source>
        <translation>바뀐 가격으로 다시 요청해 주세요.</translation>
    </message>
    <message>
        <source>One piece has no room; nothing was booked.</source>
        <translation>한 구간에 자리가 없어 아무것도 예약하지 않았습니다.</translation>
    </message>
    <message>
        <source>Too many requests at once; ask again shortly.</source>
        <translation>요청이 한꺼번에 몰렸습니다. 잠시 후 다시 요청해 주세요.</translation>
    </message>
    <message>
        <source>The request waited too long; nothing was booked.</source>
        <translation>요청이 너무 오래 기다려 아무것도 예약하지 않았습니다.</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>운영 담당</translation>
    </message>
    <message>
        <source>Vendor manager</source>
        <translation>업체 관리자</translation>
    </message>
    <message>
        <source>Vendor member</source>
        <translation>업체 직원</translation>
    </message>
    <message>
        <source>Customer support</source>
        <translation>고객 지원</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Sales channel</source>
        <translation>판매 채널</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 over</source>
        <translation>%1 지남</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>오늘 %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>내일 %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>어제 %1</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · %2 남음</translation>
    </message>
</context>
<context>
    <name>naru::ui::AccountChip</name>
    <message>
        <source>Account %1, %2</source>
        <translation>계정 %1, %2</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · %2 남음</translation>
    </message>
</context>
<context>
    <name>naru::ui::ActionList</name>
    <message>
        <source>Nothing was done in this session.</source>
        <translation>이 세션에서 한 작업이 없습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::AttentionView</name>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>%1 late</source>
        <translation>%1 지남</translation>
    </message>
    <message>
        <source>to be accepted</source>
        <translation>수락 마감</translation>
    </message>
    <message>
        <source>to be shipped</source>
        <translation>발송 마감</translation>
    </message>
    <message>
        <source>hold ends</source>
        <translation>점유 만료</translation>
    </message>
    <message>
        <source>waits for review</source>
        <translation>검토 대기</translation>
    </message>
    <message>
        <source>low stock</source>
        <translation>재고 부족</translation>
    </message>
    <message>
        <source>wants to cancel</source>
        <translation>취소 요청</translation>
    </message>
</context>
<context>
    <name>naru::ui::AuditDetail</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy this line</source>
        <translation>이 기록 복사</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>Only this thing</source>
        <translation>이 대상만</translation>
    </message>
    <message>
        <source>Line #%1</source>
        <translation>기록 #%1</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Choose a line to see all of it.</source>
        <translation>기록을 고르면 전체 내용이 보입니다.</translation>
    </message>
    <message>
        <source>request %1</source>
        <translation>요청 %1</translation>
    </message>
    <message>
        <source>The line is on the clipboard.</source>
        <translation>기록을 클립보드에 복사했습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::AuditPage</name>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇을</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>From → to</source>
        <translation>변경 전 → 후</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) written to %1</source>
        <translation>
            <numerusform>기록 %n건을 %1에 저장했습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Older ones were left out; narrow the time.</source>
        <translation>%1. 더 오래된 기록은 빠졌습니다. 기간을 좁혀 주세요.</translation>
    </message>
    <message>
        <source>The file could not be written: %1. Nothing was changed there.</source>
        <translation>파일을 쓸 수 없습니다: %1. 그곳은 바뀌지 않았습니다.</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>감사 기록</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) exported so far</source>
        <translation>
            <numerusform>지금까지 %n건 내보냄</numerusform>
        </translation>
    </message>
    <message>
        <source>Action, person or thing</source>
        <translation>작업, 사람, 대상 찾기</translation>
    </message>
    <message>
        <source>Find in the audit log</source>
        <translation>감사 기록에서 찾기</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7일</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Which time</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>CSV로 내보내기</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Check the chain</source>
        <translation>연결 확인</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>Kind of thing</source>
        <translation>대상 종류</translation>
    </message>
    <message numerus="yes">
        <source>%n read</source>
        <translation>
            <numerusform>%n건 읽음</numerusform>
        </translation>
    </message>
    <message>
        <source>, more below</source>
        <translation>, 아래에 더 있음</translation>
    </message>
    <message>
        <source>No line fits. Widen the time or the filter.</source>
        <translation>맞는 기록이 없습니다. 기간이나 조건을 넓혀 보세요.</translation>
    </message>
    <message>
        <source>Nothing is in the log yet.</source>
        <translation>아직 기록이 없습니다.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Paused: go to the top</source>
        <translation>멈춤: 맨 위로 가면 이어짐</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>확인 중</translation>
    </message>
    <message>
        <source>The chain of the log is being checked …</source>
        <translation>기록의 연결을 확인하고 있습니다…</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>확인 안 됨</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>끊김</translation>
    </message>
    <message>
        <source>The chain breaks at #%1: that line or one before it was changed. Tell the administrators; keep the database as it is.</source>
        <translation>#%1에서 연결이 끊겼습니다. 그 기록이나 앞 기록이 바뀌었습니다. 관리자에게 알리고 데이터베이스를 그대로 두세요.</translation>
    </message>
    <message>
        <source>Unbroken</source>
        <translation>끊김 없음</translation>
    </message>
    <message>
        <source>Unbroken from #%1 to #%2, checked %3 ago</source>
        <translation>#%1부터 #%2까지 끊김 없음 · %3 전 확인</translation>
    </message>
    <message>
        <source>Write all lines that fit the filter to a file (CSV).</source>
        <translation>조건에 맞는 기록을 모두 파일(CSV)로 저장합니다.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>%1 exists already. Write over it?</source>
        <translation>%1 파일이 이미 있습니다. 덮어쓸까요?</translation>
    </message>
    <message>
        <source>Write over it</source>
        <translation>덮어쓰기</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>기록 복사</translation>
    </message>
    <message>
        <source>Only the lines of this thing</source>
        <translation>이 대상의 기록만 보기</translation>
    </message>
    <message>
        <source>Lines of everything again</source>
        <translation>모든 대상의 기록 보기</translation>
    </message>
    <message>
        <source>Check the chain of the log</source>
        <translation>기록의 연결 확인</translation>
    </message>
    <message>
        <source>Export the lines as CSV</source>
        <translation>기록을 CSV로 내보내기</translation>
    </message>
    <message>
        <source>Read the log again</source>
        <translation>기록 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::AuditTableView</name>
    <message>
        <source>Audit log</source>
        <translation>감사 기록</translation>
    </message>
</context>
<context>
    <name>naru::ui::BookingPane</name>
    <message>
        <source>Booking in detail</source>
        <translation>예약 상세</translation>
    </message>
    <message>
        <source>Choose a booking to see it here.</source>
        <translation>예약을 선택하면 여기에 표시합니다.</translation>
    </message>
    <message>
        <source>Cancellation policy, as bought</source>
        <translation>구매 시점의 취소 규정</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>결제</translation>
    </message>
    <message>
        <source>History</source>
        <translation>이력</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>체크인</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>옮기기</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>No-show</source>
        <translation>노쇼</translation>
    </message>
    <message>
        <source>Undo check-in</source>
        <translation>체크인 되돌리기</translation>
    </message>
    <message>
        <source>no-show costs %1</source>
        <translation>노쇼 위약금 %1</translation>
    </message>
    <message>
        <source>%1, revision %2</source>
        <translation>%1, %2차 개정</translation>
    </message>
    <message>
        <source>Reading the booking …</source>
        <translation>예약을 읽는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n seat(s) · %2</source>
        <translation>
            <numerusform>%1 · %n명 · %2</numerusform>
        </translation>
    </message>
    <message>
        <source>booked %1</source>
        <translation>%1 예약</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>사유: %1</translation>
    </message>
    <message>
        <source>slot closed</source>
        <translation>회차 마감</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 given back</source>
        <translation>%1 환불됨</translation>
    </message>
    <message>
        <source>Nothing was paid here: nothing to refund.</source>
        <translation>여기서 받은 결제가 없어 환불할 것이 없습니다.</translation>
    </message>
    <message>
        <source>Refund %1 · %2</source>
        <translation>환불 %1 · %2</translation>
    </message>
    <message>
        <source>Now %1 would come back</source>
        <translation>지금 취소하면 %1 환불</translation>
    </message>
    <message>
        <source>Nothing to refund</source>
        <translation>환불할 것 없음</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요하지만 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Grant cancellation</source>
        <translation>취소 승인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Grant the cancellation</source>
        <translation>취소 요청 승인</translation>
    </message>
    <message>
        <source>Cancel the reservation</source>
        <translation>예약 취소</translation>
    </message>
    <message>
        <source>Mark as no-show? By the policy it costs %1.</source>
        <translation>노쇼로 처리할까요? 규정에 따른 위약금은 %1입니다.</translation>
    </message>
    <message>
        <source>Mark as no-show?</source>
        <translation>노쇼로 처리할까요?</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Optional, recorded</source>
        <translation>선택 사항, 기록됨</translation>
    </message>
    <message>
        <source>Mark as no-show</source>
        <translation>노쇼 처리</translation>
    </message>
    <message>
        <source>Decline the cancellation? The reservation stays as it is.</source>
        <translation>취소 요청을 거절할까요? 예약은 그대로 유지됩니다.</translation>
    </message>
    <message>
        <source>Reason, shown to the customer</source>
        <translation>사유 (고객에게 표시)</translation>
    </message>
    <message>
        <source>Undo the check-in?</source>
        <translation>체크인을 되돌릴까요?</translation>
    </message>
</context>
<context>
    <name>naru::ui::BookingsPage</name>
    <message>
        <source>Bookings</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Code or customer</source>
        <translation>예약 번호 또는 고객</translation>
    </message>
    <message>
        <source>Find bookings</source>
        <translation>예약 찾기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>유효</translation>
    </message>
    <message>
        <source>Asked to cancel</source>
        <translation>취소 요청</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소·노쇼</translation>
    </message>
    <message>
        <source>Which bookings</source>
        <translation>표시할 예약</translation>
    </message>
    <message>
        <source>Show all slots</source>
        <translation>모든 회차 보기</translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n건 표시</numerusform>
        </translation>
    </message>
    <message>
        <source>, more below</source>
        <translation>, 아래에 더 있음</translation>
    </message>
    <message>
        <source>Not up to date: %1</source>
        <translation>최신이 아닙니다: %1</translation>
    </message>
    <message>
        <source>No booking fits.</source>
        <translation>조건에 맞는 예약이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is booked yet.</source>
        <translation>아직 예약이 없습니다.</translation>
    </message>
    <message>
        <source>Show all bookings</source>
        <translation>모든 예약 보기</translation>
    </message>
    <message>
        <source>Open the chosen booking</source>
        <translation>선택한 예약 열기</translation>
    </message>
    <message>
        <source>Cancel the booking, or grant its cancellation</source>
        <translation>예약 취소 또는 취소 요청 승인</translation>
    </message>
    <message>
        <source>Move the booking to another slot</source>
        <translation>예약을 다른 회차로 옮기기</translation>
    </message>
    <message>
        <source>Check the booking in</source>
        <translation>예약 체크인</translation>
    </message>
    <message>
        <source>Mark the booking as no-show</source>
        <translation>예약을 노쇼로 처리</translation>
    </message>
    <message>
        <source>Decline the wish to cancel</source>
        <translation>취소 요청 거절</translation>
    </message>
    <message>
        <source>Undo the check-in</source>
        <translation>체크인 되돌리기</translation>
    </message>
    <message>
        <source>Read the bookings again</source>
        <translation>예약 목록 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::CancelSheet</name>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the cancellation</source>
        <translation>취소 사유</translation>
    </message>
    <message>
        <source>Refund another amount (empty: by the policy)</source>
        <translation>다른 금액 환불 (비우면 규정대로)</translation>
    </message>
    <message>
        <source>Refund another amount</source>
        <translation>다른 금액 환불</translation>
    </message>
    <message>
        <source>Ask for more than the policy gives; a person decides</source>
        <translation>규정보다 많은 환불 요청 (담당자가 결정)</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Keep the reservation</source>
        <translation>예약 유지</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting, but nobody&apos;s party fits; the seats are on sale again</source>
        <translation>
            <numerusform>대기 %n건이 있지만 맞는 일행이 없어 다시 판매됩니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Grant the cancellation of %1?</source>
        <translation>%1의 취소 요청을 승인할까요?</translation>
    </message>
    <message>
        <source>Cancel %1?</source>
        <translation>%1 예약을 취소할까요?</translation>
    </message>
    <message>
        <source>Grant it</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Cancel the reservation</source>
        <translation>예약 취소</translation>
    </message>
    <message>
        <source>Working out what comes back …</source>
        <translation>환불 금액을 계산하는 중…</translation>
    </message>
    <message>
        <source>The first piece has begun: a person decides, the reservation waits until then.</source>
        <translation>이미 시작된 예약입니다. 담당자가 결정할 때까지 예약은 기다립니다.</translation>
    </message>
    <message>
        <source>The refund changed while you looked: it was %1. Please look again.</source>
        <translation>보는 사이에 환불액이 바뀌었습니다. 이전 금액은 %1였습니다. 다시 확인해 주세요.</translation>
    </message>
    <message>
        <source>Nothing to refund</source>
        <translation>환불할 것 없음</translation>
    </message>
    <message>
        <source>Nothing was paid here; the price was %1.</source>
        <translation>여기서 받은 결제가 없습니다. 가격은 %1였습니다.</translation>
    </message>
    <message>
        <source>Refund %1</source>
        <translation>환불 %1</translation>
    </message>
    <message>
        <source>Fee %1 of %2 paid (%3 comes back by the policy)</source>
        <translation>결제 %2 중 수수료 %1 (규정상 %3 환불)</translation>
    </message>
    <message>
        <source>More than was paid cannot be refunded.</source>
        <translation>결제한 금액보다 많이 환불할 수 없습니다.</translation>
    </message>
    <message>
        <source>Another amount needs a reason.</source>
        <translation>다른 금액을 환불하려면 사유가 필요합니다.</translation>
    </message>
    <message numerus="yes">
        <source>The seats are offered to the next in line, a party of %1 (%n waiting)</source>
        <translation>
            <numerusform>좌석은 다음 대기자 %1명 일행에게 제안됩니다 (대기 %n건)</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody waits; the seats are on sale again</source>
        <translation>대기자가 없어 좌석은 다시 판매됩니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::CapacitySheet</name>
    <message>
        <source>Overbooking</source>
        <translation>초과 예약</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>정원</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>판매 마감</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>판매 재개</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>바꿀 항목</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the change</source>
        <translation>변경 사유</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Change the slot</source>
        <translation>회차 변경</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 변경</translation>
    </message>
    <message>
        <source>Sell above capacity by</source>
        <translation>정원 초과 판매</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>좌석 수</translation>
    </message>
    <message>
        <source>Reading the figures …</source>
        <translation>숫자를 읽는 중…</translation>
    </message>
    <message>
        <source>%1 seats and %2 above: %3 can be sold; %4 are sold, %5 held.</source>
        <translation>정원 %1 + 초과 %2: %3석까지 판매합니다. 지금 판매 %4, 점유 %5.</translation>
    </message>
    <message>
        <source>%1 seats now, %2 afterwards; %3 are sold, %4 held.</source>
        <translation>지금 %1석, 변경 후 %2석. 판매 %3, 점유 %4.</translation>
    </message>
    <message>
        <source>More is sold than would be left: you will be asked what to do.</source>
        <translation>남는 자리보다 많이 판매되었습니다. 어떻게 할지 묻습니다.</translation>
    </message>
    <message>
        <source>Nothing more is sold; %1 sold and %2 held seats stay.</source>
        <translation>더 판매하지 않습니다. 판매 %1석과 점유 %2석은 유지됩니다.</translation>
    </message>
    <message>
        <source>The slot is sold again: %1 seats are free.</source>
        <translation>다시 판매합니다. 남은 자리는 %1석입니다.</translation>
    </message>
    <message>
        <source>A change needs a reason.</source>
        <translation>변경에는 사유가 필요합니다.</translation>
    </message>
    <message>
        <source>Please enter a number of seats.</source>
        <translation>좌석 수를 입력해 주세요.</translation>
    </message>
    <message numerus="yes">
        <source>Changed %1; %n reservation(s) cancelled.</source>
        <translation>
            <numerusform>%1 변경, 예약 %n건 취소.</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed %1.</source>
        <translation>%1 변경됨.</translation>
    </message>
    <message numerus="yes">
        <source>%n sold seat(s) would have no place. Who is affected:</source>
        <translation>
            <numerusform>판매된 %n석의 자리가 없어집니다. 해당 고객:</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 취소</translation>
    </message>
    <message>
        <source>Tick the reservations to cancel first.</source>
        <translation>취소할 예약을 먼저 선택해 주세요.</translation>
    </message>
</context>
<context>
    <name>naru::ui::ClashBar</name>
    <message>
        <source>Keep mine</source>
        <translation>내 값 유지</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>상대 값 사용</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>처음 값으로</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(비어 있음)</translation>
    </message>
    <message>
        <source>Somebody changed “%1” meanwhile: yours %2, theirs %3, before %4.</source>
        <translation>그사이 다른 사람이 ‘%1’을(를) 바꿨습니다: 내 값 %2, 상대 값 %3, 처음 %4.</translation>
    </message>
</context>
<context>
    <name>naru::ui::CommandPalette</name>
    <message>
        <source>Go to an order, product or reservation</source>
        <translation>주문, 상품, 예약으로 이동</translation>
    </message>
    <message>
        <source>Find a command or a record</source>
        <translation>명령이나 기록 찾기</translation>
    </message>
    <message>
        <source>Commands and records found</source>
        <translation>찾은 명령과 기록</translation>
    </message>
    <message>
        <source>Type a code, a name or a title.</source>
        <translation>번호, 이름, 제목을 입력하세요.</translation>
    </message>
    <message>
        <source>Nothing fits “%1”.</source>
        <translation>‘%1’에 맞는 것이 없습니다.</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter run · Esc close</source>
        <translation>↑ ↓ 선택 · Enter 실행 · Esc 닫기</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConflictQueueHead</name>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConflictQueueView</name>
    <message>
        <source>after %1</source>
        <translation>%1 뒤</translation>
    </message>
    <message>
        <source>decided by %1</source>
        <translation>%1 님이 결정</translation>
    </message>
    <message>
        <source>%1 is at it</source>
        <translation>%1 님이 검토 중</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>점수 %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConflictReviewPage</name>
    <message>
        <source>The conflict of %1 is yours now.</source>
        <translation>%1 님의 충돌을 맡았습니다.</translation>
    </message>
    <message>
        <source>Asked for. The account of %1 is locked once a second person confirms.</source>
        <translation>요청했습니다. 다른 담당자가 확인하면 %1 님의 계정이 잠깁니다.</translation>
    </message>
    <message>
        <source>You asked for the lock yourself; somebody else has to confirm it. Nothing was changed.</source>
        <translation>잠금을 직접 요청하셨으므로 다른 담당자가 확인해야 합니다. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>Session review</source>
        <translation>세션 검토</translation>
    </message>
    <message numerus="yes">
        <source>%n open conflict(s)</source>
        <translation>
            <numerusform>열린 충돌 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided here</source>
        <translation>
            <numerusform>여기서 결정 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Person, device or place</source>
        <translation>사용자, 기기, 주소 찾기</translation>
    </message>
    <message>
        <source>Find conflicts</source>
        <translation>충돌 찾기</translation>
    </message>
    <message>
        <source>Conflicts of sessions</source>
        <translation>세션 충돌 목록</translation>
    </message>
    <message>
        <source>What is not decided within 24 hours is closed as harmless.</source>
        <translation>24시간 안에 결정되지 않으면 정상으로 닫힙니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>위에 새 충돌 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>No conflict fits.</source>
        <translation>맞는 충돌이 없습니다.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>No conflicts in 24 hours.</source>
        <translation>24시간 동안 충돌이 없습니다.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 보기</translation>
    </message>
    <message>
        <source>Choose a conflict to see both of its sessions.</source>
        <translation>충돌을 고르면 두 세션이 보입니다.</translation>
    </message>
    <message>
        <source>%1 is at it</source>
        <translation>%1 님이 검토 중</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>메모: %1</translation>
    </message>
    <message>
        <source>%1. The session had already ended; the decision is noted.</source>
        <translation>%1. 세션은 이미 끝나 있었고, 결정을 기록했습니다.</translation>
    </message>
    <message>
        <source>%1 was faster: %2. Your decision was not made.</source>
        <translation>%1 님이 먼저 결정했습니다: %2. 방금 결정은 반영되지 않았습니다.</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>다른 담당자</translation>
    </message>
    <message>
        <source>%1 has taken it meanwhile. The newest state is shown; your decision was not made.</source>
        <translation>그사이 %1 님이 맡았습니다. 최신 상태를 표시하며, 방금 결정은 반영되지 않았습니다.</translation>
    </message>
    <message>
        <source>It has changed meanwhile. The newest state is shown; your decision was not made.</source>
        <translation>그사이 상태가 바뀌었습니다. 최신 상태를 표시하며, 방금 결정은 반영되지 않았습니다.</translation>
    </message>
    <message>
        <source>Same person: close the conflict</source>
        <translation>본인 확인됨: 충돌 닫기</translation>
    </message>
    <message>
        <source>End the old session</source>
        <translation>이전 세션 종료</translation>
    </message>
    <message>
        <source>End the new session</source>
        <translation>새 세션 종료</translation>
    </message>
    <message>
        <source>Lock the account</source>
        <translation>계정 잠금</translation>
    </message>
    <message>
        <source>Allow this pair of devices</source>
        <translation>이 기기 조합 허용</translation>
    </message>
    <message>
        <source>Reset the account&apos;s factors</source>
        <translation>계정의 인증 수단 초기화</translation>
    </message>
    <message>
        <source>Escalate the conflict</source>
        <translation>충돌을 상급자에게 전달</translation>
    </message>
    <message>
        <source>Take the conflict</source>
        <translation>충돌 맡기</translation>
    </message>
    <message>
        <source>Next conflict</source>
        <translation>다음 충돌</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>메모 쓰기</translation>
    </message>
    <message>
        <source>Show the new ones above</source>
        <translation>위의 새 충돌 보기</translation>
    </message>
    <message>
        <source>Read the conflicts again</source>
        <translation>충돌 다시 읽기</translation>
    </message>
    <message>
        <source>%1 of %2 read so far.</source>
        <translation>%2건 중 %1건을 읽었습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConflictSideCard</name>
    <message>
        <source>New session</source>
        <translation>새 세션</translation>
    </message>
    <message>
        <source>Old session</source>
        <translation>이전 세션</translation>
    </message>
    <message>
        <source>Never seen before</source>
        <translation>처음 보는 기기</translation>
    </message>
    <message>
        <source>Known for %1</source>
        <translation>등록된 기기 · %1</translation>
    </message>
    <message>
        <source>Device unknown</source>
        <translation>알 수 없는 기기</translation>
    </message>
    <message>
        <source>Reading only: %1</source>
        <translation>읽기 전용: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) left</source>
        <translation>
            <numerusform>초안 %n건 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>Began %1 · last active %2</source>
        <translation>시작 %1 · 마지막 활동 %2</translation>
    </message>
    <message>
        <source>%1 · ended %2</source>
        <translation>%1 · 종료 %2</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConflictTimeline</name>
    <message>
        <source>Old session: began %1, last active %2, end %3.</source>
        <translation>이전 세션: 시작 %1, 마지막 활동 %2, 종료 %3.</translation>
    </message>
    <message>
        <source>New session: began %1, last active %2, end %3.</source>
        <translation>새 세션: 시작 %1, 마지막 활동 %2, 종료 %3.</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>새 세션</translation>
    </message>
    <message>
        <source>Old session</source>
        <translation>이전 세션</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1부터</translation>
    </message>
    <message>
        <source>%1 taken over</source>
        <translation>%1 교체</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConnectionLight</name>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Live %1 ms</source>
        <translation>실시간 %1 ms</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결 중…</translation>
    </message>
    <message numerus="yes">
        <source>Connection lost · retrying in %n s</source>
        <translation>
            <numerusform>연결 끊김 · %n초 뒤 다시 연결</numerusform>
        </translation>
    </message>
    <message>
        <source>Connection lost · retrying</source>
        <translation>연결 끊김 · 다시 연결하는 중</translation>
    </message>
    <message>
        <source>Press to connect now</source>
        <translation>누르면 지금 연결합니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::DayHeader</name>
    <message>
        <source>stays</source>
        <translation>숙박</translation>
    </message>
</context>
<context>
    <name>naru::ui::DecisionCard</name>
    <message>
        <source>Same person</source>
        <translation>본인 확인됨</translation>
    </message>
    <message>
        <source>End old session</source>
        <translation>이전 세션 종료</translation>
    </message>
    <message>
        <source>End new session</source>
        <translation>새 세션 종료</translation>
    </message>
    <message>
        <source>Lock account</source>
        <translation>계정 잠금</translation>
    </message>
    <message>
        <source>Allow this pair</source>
        <translation>이 조합 허용</translation>
    </message>
    <message>
        <source>Reset factors</source>
        <translation>인증 수단 초기화</translation>
    </message>
    <message>
        <source>Escalate</source>
        <translation>상급자에게</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>맡기</translation>
    </message>
    <message>
        <source>Take this conflict</source>
        <translation>이 충돌 맡기</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Next conflict</source>
        <translation>다음 충돌</translation>
    </message>
    <message>
        <source>Note, kept with the decision (M)</source>
        <translation>메모 (M) · 결정과 함께 기록됩니다</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요한 작업인데 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 asked to lock the account. A second person has to confirm with B.</source>
        <translation>%1 님이 계정 잠금을 요청했습니다. 다른 담당자가 B로 확인해야 합니다.</translation>
    </message>
    <message>
        <source>Locking this account takes two people.</source>
        <translation>이 계정을 잠그려면 두 사람의 승인이 필요합니다.</translation>
    </message>
    <message>
        <source>Confirm that the account of %1 is locked? Its session ends at once.</source>
        <translation>%1 님의 계정 잠금을 확인할까요? 세션이 바로 끝납니다.</translation>
    </message>
    <message>
        <source>Ask to lock the account of %1? A second person has to confirm.</source>
        <translation>%1 님의 계정 잠금을 요청할까요? 다른 담당자의 확인이 필요합니다.</translation>
    </message>
    <message>
        <source>Lock the account of %1? Its session ends at once.</source>
        <translation>%1 님의 계정을 잠글까요? 세션이 바로 끝납니다.</translation>
    </message>
    <message>
        <source>Remove code generator and recovery codes of %1? They have to be set up anew.</source>
        <translation>%1 님의 인증 앱과 복구 코드를 없앨까요? 다시 등록해야 합니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::DevicePane</name>
    <message>
        <source>What is reported of this computer, and why</source>
        <translation>이 컴퓨터에 대해 보고되는 내용과 이유</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 변경</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Approve the device</source>
        <translation>기기 승인</translation>
    </message>
    <message>
        <source>Decline the device</source>
        <translation>기기 거절</translation>
    </message>
    <message>
        <source>Rename the device</source>
        <translation>기기 이름 변경</translation>
    </message>
    <message>
        <source>Remove the device</source>
        <translation>기기 제거</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>기기</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Naru %1</source>
        <translation>나루 %1</translation>
    </message>
    <message>
        <source>key %1…</source>
        <translation>키 %1…</translation>
    </message>
    <message>
        <source>last seen %1 ago</source>
        <translation>%1 전 사용</translation>
    </message>
    <message>
        <source>registered %1</source>
        <translation>%1 등록</translation>
    </message>
    <message>
        <source>approved by %1</source>
        <translation>%1 님이 승인</translation>
    </message>
    <message>
        <source>Not trusted further because: %1</source>
        <translation>신뢰 등급이 더 높지 않은 이유: %1</translation>
    </message>
    <message>
        <source>What is reported of this computer, and why (%1 ago)</source>
        <translation>이 컴퓨터에 대해 보고되는 내용과 이유 (%1 전)</translation>
    </message>
    <message>
        <source>This computer has reported nothing yet.</source>
        <translation>이 컴퓨터는 아직 아무것도 보고하지 않았습니다.</translation>
    </message>
    <message>
        <source>Allow again</source>
        <translation>다시 허용</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Allow the device again</source>
        <translation>기기 다시 허용</translation>
    </message>
    <message>
        <source>Suspend the device</source>
        <translation>기기 일시 중지</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요한 작업인데 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Let %1 act for your account? Only if it is yours and you have just signed in there.</source>
        <translation>%1 기기가 내 계정으로 작업하게 할까요? 본인 기기이고 방금 그 기기에서 로그인했을 때만 승인하세요.</translation>
    </message>
    <message>
        <source>Decline %1? It cannot sign in.</source>
        <translation>%1 기기를 거절할까요? 그 기기에서는 로그인할 수 없습니다.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>How do you call this computer?</source>
        <translation>이 컴퓨터를 무엇이라고 부를까요?</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Suspend %1? Its session ends; you can allow it again.</source>
        <translation>%1 기기를 일시 중지할까요? 세션이 끝나며, 나중에 다시 허용할 수 있습니다.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Remove this computer? You are signed out here at once, and it has to be approved anew.</source>
        <translation>이 컴퓨터를 제거할까요? 바로 로그아웃되며, 다시 승인받아야 합니다.</translation>
    </message>
    <message>
        <source>Remove %1? Its session ends, and it has to be approved anew.</source>
        <translation>%1 기기를 제거할까요? 세션이 끝나며, 다시 승인받아야 합니다.</translation>
    </message>
    <message>
        <source>The computer says this of itself, when it changes and every 15 minutes. It can lower the trust, never raise it; what is unknown does not count.</source>
        <translation>컴퓨터가 스스로 알리는 내용이며, 바뀔 때와 15분마다 보냅니다. 신뢰 등급을 낮출 수만 있고 높일 수는 없으며, 알 수 없는 항목은 영향을 주지 않습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::DoctorCard</name>
    <message>
        <source>no differences</source>
        <translation>차이 0건</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) differ</source>
        <translation>
            <numerusform>차이 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 items agree with their rows, checked at %2.</source>
        <translation>%1개 품목이 원장과 일치 · %2 확인</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>확인 안 됨</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>확인 중</translation>
    </message>
    <message>
        <source>The figures are being compared with their rows …</source>
        <translation>숫자를 원장과 대조하는 중…</translation>
    </message>
    <message>
        <source>Stock check</source>
        <translation>재고 점검</translation>
    </message>
    <message>
        <source>Items that differ</source>
        <translation>차이가 있는 품목</translation>
    </message>
    <message>
        <source>Explain the figure</source>
        <translation>숫자의 근거 보기</translation>
    </message>
    <message>
        <source>Explain the figure of the chosen slot</source>
        <translation>선택한 회차의 숫자 근거 보기</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>다시 점검</translation>
    </message>
</context>
<context>
    <name>naru::ui::ErrorLine</name>
    <message>
        <source>This server has no such demo account.</source>
        <translation>이 서버에는 그런 데모 계정이 없습니다.</translation>
    </message>
    <message>
        <source>Type again</source>
        <translation>다시 입력</translation>
    </message>
    <message>
        <source>Reset password</source>
        <translation>비밀번호 재설정</translation>
    </message>
</context>
<context>
    <name>naru::ui::FactorCard</name>
    <message>
        <source>The code generator is set up.</source>
        <translation>인증 앱을 등록했습니다.</translation>
    </message>
    <message>
        <source>The password is changed.</source>
        <translation>비밀번호를 변경했습니다.</translation>
    </message>
    <message>
        <source>The code has six digits.</source>
        <translation>코드는 여섯 자리 숫자입니다.</translation>
    </message>
    <message>
        <source>The codes are on the clipboard.</source>
        <translation>코드를 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>How you verify yourself</source>
        <translation>본인 확인 수단</translation>
    </message>
    <message>
        <source>Code generator</source>
        <translation>인증 앱</translation>
    </message>
    <message>
        <source>Recovery codes</source>
        <translation>복구 코드</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>등록</translation>
    </message>
    <message>
        <source>Set up the code generator</source>
        <translation>인증 앱 등록</translation>
    </message>
    <message>
        <source>Make new</source>
        <translation>새로 발급</translation>
    </message>
    <message>
        <source>Make new recovery codes</source>
        <translation>복구 코드 새로 발급</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>비밀번호 변경</translation>
    </message>
    <message>
        <source>Read this with the code generator on your phone, or type the letters below. Then enter the six digits it shows.</source>
        <translation>휴대전화의 인증 앱으로 이 그림을 읽거나 아래 글자를 입력한 뒤, 앱에 표시된 여섯 자리 숫자를 입력하세요.</translation>
    </message>
    <message>
        <source>The code generator&apos;s address as a picture; the same stands below as letters.</source>
        <translation>인증 앱 등록 주소 그림. 같은 내용이 아래에 글자로 있습니다.</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>여섯 자리 숫자</translation>
    </message>
    <message>
        <source>Code of the generator</source>
        <translation>인증 앱 코드</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Confirm the code generator</source>
        <translation>인증 앱 확인</translation>
    </message>
    <message>
        <source>Ten codes, each for one sign-in without your phone. They are shown this once; earlier ones no longer count.</source>
        <translation>휴대전화 없이 한 번씩 로그인할 수 있는 코드 열 개입니다. 지금 한 번만 표시되며, 이전 코드는 더 이상 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the recovery codes</source>
        <translation>복구 코드 복사</translation>
    </message>
    <message>
        <source>Save as text</source>
        <translation>텍스트로 저장</translation>
    </message>
    <message>
        <source>Save the recovery codes as a text</source>
        <translation>복구 코드를 텍스트로 저장</translation>
    </message>
    <message>
        <source>I have kept them</source>
        <translation>보관했습니다</translation>
    </message>
    <message numerus="yes">
        <source>At least %n characters; a few words one can remember do well.</source>
        <translation>
            <numerusform>%n자 이상. 기억하기 쉬운 단어 몇 개를 이어 쓰면 좋습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>현재 비밀번호</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>새 비밀번호</translation>
    </message>
    <message>
        <source>New password once more</source>
        <translation>새 비밀번호 확인</translation>
    </message>
    <message>
        <source>Change the password now</source>
        <translation>지금 비밀번호 변경</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>set up</source>
        <translation>등록됨</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>The new password is too short. Nothing was changed.</source>
        <translation>새 비밀번호가 너무 짧습니다. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>The two new passwords differ. Nothing was changed.</source>
        <translation>새 비밀번호 두 개가 서로 다릅니다. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>Recovery codes of Naru, each for one use:</source>
        <translation>나루 복구 코드 (각 한 번 사용):</translation>
    </message>
    <message>
        <source>Saved as %1. Keep it elsewhere than on this computer.</source>
        <translation>%1에 저장했습니다. 이 컴퓨터가 아닌 곳에 보관하세요.</translation>
    </message>
    <message>
        <source>The file could not be written: %1</source>
        <translation>파일을 쓸 수 없습니다: %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::FactorForm</name>
    <message>
        <source>Verification code (6 digits)</source>
        <translation>인증 코드 (6자리)</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>복구 코드</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Use a code</source>
        <translation>인증 코드 사용</translation>
    </message>
    <message>
        <source>Use a recovery code</source>
        <translation>복구 코드 사용</translation>
    </message>
    <message>
        <source>Use the password</source>
        <translation>비밀번호 사용</translation>
    </message>
</context>
<context>
    <name>naru::ui::FailureLine</name>
    <message>
        <source>Copy code</source>
        <translation>코드 복사</translation>
    </message>
    <message>
        <source>Copy the code of the failure</source>
        <translation>오류 코드 복사</translation>
    </message>
</context>
<context>
    <name>naru::ui::HoldsCard</name>
    <message>
        <source>Extend T</source>
        <translation>연장 T</translation>
    </message>
    <message>
        <source>Release R</source>
        <translation>해제 R</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1, %2 남음</translation>
    </message>
    <message>
        <source>Released: %1</source>
        <translation>해제함: %1</translation>
    </message>
    <message>
        <source>Extended by %1: %2</source>
        <translation>%1 연장함: %2</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>연장</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>Extend hold</source>
        <translation>점유 연장</translation>
    </message>
    <message>
        <source>Release hold</source>
        <translation>점유 해제</translation>
    </message>
    <message>
        <source>Confirm release</source>
        <translation>해제 확인</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Keep hold</source>
        <translation>점유 그대로 두기</translation>
    </message>
    <message>
        <source>Reason for the release</source>
        <translation>해제 사유</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Open holds</source>
        <translation>열린 점유</translation>
    </message>
    <message numerus="yes">
        <source>%n hold(s), soonest end first</source>
        <translation>
            <numerusform>%n건 · 먼저 끝나는 순</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody holds a place at this moment.</source>
        <translation>지금 점유 중인 자리가 없습니다.</translation>
    </message>
    <message>
        <source>This hold ended by itself.</source>
        <translation>이 점유는 스스로 끝났습니다.</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요한데 지금 연결되지 않습니다.</translation>
    </message>
    <message>
        <source>Select a hold first.</source>
        <translation>먼저 점유를 고르세요.</translation>
    </message>
    <message>
        <source>This hold has reached its longest time.</source>
        <translation>더 늘릴 수 없는 점유입니다.</translation>
    </message>
    <message>
        <source>Release %1?</source>
        <translation>%1 점유를 해제할까요?</translation>
    </message>
    <message>
        <source>Released by staff</source>
        <translation>운영 담당이 해제</translation>
    </message>
    <message>
        <source>A release needs a reason.</source>
        <translation>해제하려면 사유가 필요합니다.</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 · %2명</translation>
    </message>
</context>
<context>
    <name>naru::ui::HomePage</name>
    <message>
        <source>Home</source>
        <translation>홈</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>기다리는 일이 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) wait for you</source>
        <translation>
            <numerusform>기다리는 일 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Needs me now</source>
        <translation>지금 필요한 일</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>주문</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>매출</translation>
    </message>
    <message>
        <source>Reservations</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Open holds</source>
        <translation>열린 점유</translation>
    </message>
    <message>
        <source>Waiting for acceptance</source>
        <translation>접수 대기</translation>
    </message>
    <message>
        <source>Products on sale</source>
        <translation>판매 중 상품</translation>
    </message>
    <message>
        <source>Orders by hour</source>
        <translation>시간별 주문</translation>
    </message>
    <message>
        <source>today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>예약률</translation>
    </message>
    <message>
        <source>next 14 days</source>
        <translation>앞으로 14일</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>다시 읽기</translation>
    </message>
    <message>
        <source>Figures of %1. %2</source>
        <translation>%1 기준 값입니다. %2</translation>
    </message>
    <message>
        <source>Figures of %1, being read again</source>
        <translation>%1 기준 값, 다시 읽는 중</translation>
    </message>
    <message>
        <source>the %1 most urgent of %2</source>
        <translation>급한 순 %1건 / 전체 %2건</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>기다리는 일이 없습니다.</translation>
    </message>
    <message>
        <source>yesterday by now %1</source>
        <translation>어제 이 시각 %1</translation>
    </message>
    <message>
        <source>yesterday by now %1 (%2%3%)</source>
        <translation>어제 이 시각 %1 (%2%3%)</translation>
    </message>
    <message>
        <source>confirmed today</source>
        <translation>오늘 확정</translation>
    </message>
    <message>
        <source>places held just now</source>
        <translation>지금 점유 중인 자리</translation>
    </message>
    <message>
        <source>orders a vendor has not accepted</source>
        <translation>업체가 아직 수락하지 않은 주문</translation>
    </message>
    <message>
        <source>all accepted</source>
        <translation>모두 수락됨</translation>
    </message>
    <message>
        <source>active in the catalogue</source>
        <translation>카탈로그에서 판매 중</translation>
    </message>
    <message>
        <source>%1:00</source>
        <translation>%1시</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n건</numerusform>
        </translation>
    </message>
    <message>
        <source>No orders today yet.</source>
        <translation>오늘은 아직 주문이 없습니다.</translation>
    </message>
    <message>
        <source>No revenue in 30 days.</source>
        <translation>30일 동안 매출이 없습니다.</translation>
    </message>
    <message>
        <source>No slots in the next 14 days.</source>
        <translation>앞으로 14일 동안 회차가 없습니다.</translation>
    </message>
    <message>
        <source>Open: %1</source>
        <translation>열기: %1</translation>
    </message>
    <message>
        <source>Read the figures again</source>
        <translation>값 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::InlineSheet</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Please fill in “%1”.</source>
        <translation>‘%1’을(를) 입력하세요.</translation>
    </message>
</context>
<context>
    <name>naru::ui::KeySheet</name>
    <message>
        <source>Everywhere</source>
        <translation>모든 화면</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
</context>
<context>
    <name>naru::ui::LedgerCard</name>
    <message>
        <source>seats %1</source>
        <translation>정원 %1</translation>
    </message>
    <message>
        <source>sold %1</source>
        <translation>판매 %1</translation>
    </message>
    <message>
        <source>held %1</source>
        <translation>점유 %1</translation>
    </message>
    <message>
        <source>Why this figure</source>
        <translation>숫자의 근거</translation>
    </message>
    <message>
        <source>No row has been booked for it yet.</source>
        <translation>아직 원장에 기록이 없습니다.</translation>
    </message>
    <message>
        <source>By its rows: %1 seats, %2 sold, %3 held. Columns: seats / sold / held after each row.</source>
        <translation>원장 기준 정원 %1, 판매 %2, 점유 %3. 오른쪽 숫자: 각 행 이후의 정원 / 판매 / 점유.</translation>
    </message>
    <message>
        <source>%1. The figure says %2 / %3 / %4; a repair would make it %5 / %6 / %7.</source>
        <translation>%1. 지금 숫자는 %2 / %3 / %4이고, 복구하면 %5 / %6 / %7이 됩니다.</translation>
    </message>
    <message>
        <source>More is promised than there is: count the seats, or raise the overbooking first.</source>
        <translation>있는 것보다 많이 약속되었습니다. 먼저 좌석을 세거나 초과 예약을 늘려 주세요.</translation>
    </message>
    <message>
        <source>A repair needs a reason.</source>
        <translation>복구에는 사유가 필요합니다.</translation>
    </message>
    <message>
        <source>Repaired: %1 seats, %2 sold, %3 held.</source>
        <translation>복구됨: 정원 %1, 판매 %2, 점유 %3.</translation>
    </message>
    <message>
        <source>Older rows</source>
        <translation>이전 기록</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Repair the figure</source>
        <translation>숫자 복구</translation>
    </message>
    <message>
        <source>Book the repair</source>
        <translation>복구 기록</translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation>근거 닫기</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>센 수량</translation>
    </message>
    <message>
        <source>Seats as counted, if somebody counted</source>
        <translation>직접 센 수량 (센 경우)</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the repair</source>
        <translation>복구 사유</translation>
    </message>
    <message>
        <source>Ledger rows</source>
        <translation>원장 기록</translation>
    </message>
</context>
<context>
    <name>naru::ui::LifecycleTimeline</name>
    <message>
        <source>Life cycle</source>
        <translation>생애 주기</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
</context>
<context>
    <name>naru::ui::MainWindow</name>
    <message>
        <source>%1 – Naru</source>
        <translation>%1 – 나루</translation>
    </message>
    <message>
        <source>There is no screen for this record yet.</source>
        <translation>이 기록을 보여 줄 화면이 아직 없습니다.</translation>
    </message>
    <message>
        <source>Naru</source>
        <translation>나루</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>%1 화면으로 이동</translation>
    </message>
    <message>
        <source>Find a command or a record</source>
        <translation>명령이나 기록 찾기</translation>
    </message>
    <message>
        <source>Go to a record</source>
        <translation>기록으로 이동</translation>
    </message>
    <message>
        <source>Search in this screen</source>
        <translation>이 화면에서 찾기</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>단축키 보기</translation>
    </message>
    <message>
        <source>Fold or unfold the rail</source>
        <translation>왼쪽 메뉴 접기·펴기</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Use the light theme</source>
        <translation>밝은 테마로</translation>
    </message>
    <message>
        <source>Use the dark theme</source>
        <translation>어두운 테마로</translation>
    </message>
    <message>
        <source>Connect to the server now</source>
        <translation>지금 서버에 연결</translation>
    </message>
    <message>
        <source>Own sessions and devices</source>
        <translation>내 세션과 기기</translation>
    </message>
    <message numerus="yes">
        <source>%n changes are not saved.</source>
        <translation>
            <numerusform>저장하지 않은 변경 %n건이 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep and sign out</source>
        <translation>보관하고 로그아웃</translation>
    </message>
    <message>
        <source>Discard and sign out</source>
        <translation>버리고 로그아웃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message numerus="yes">
        <source>%n kept changes restored.</source>
        <translation>
            <numerusform>보관된 변경 %n건을 복원했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>모두 버리기</translation>
    </message>
    <message numerus="yes">
        <source>Discard all %n kept changes? They cannot be brought back.</source>
        <translation>
            <numerusform>보관된 변경 %n건을 모두 버릴까요? 되돌릴 수 없습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Device clock is %n min off; times shown may differ.</source>
        <translation>
            <numerusform>기기 시각이 서버와 %n분 다릅니다. 로그인에는 문제가 없지만 표시 시각이 다를 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>OK</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>“%1” is not open to your role.</source>
        <translation>“%1” 화면을 볼 권한이 없습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::MoveSheet</name>
    <message>
        <source>closed</source>
        <translation>마감</translation>
    </message>
    <message>
        <source>sold out</source>
        <translation>매진</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1석 남음</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the move</source>
        <translation>옮기는 사유</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>옮기기</translation>
    </message>
    <message>
        <source>Move the reservation</source>
        <translation>예약 옮기기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Leave it where it is</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Slots to move to</source>
        <translation>옮길 수 있는 회차</translation>
    </message>
    <message>
        <source>Which piece to move</source>
        <translation>옮길 부분</translation>
    </message>
    <message>
        <source>Move %1 to another slot. The old place is kept until the new one is sure.</source>
        <translation>%1 예약을 다른 회차로 옮깁니다. 새 자리가 확정될 때까지 지금 자리를 유지합니다.</translation>
    </message>
    <message>
        <source>Choose a slot.</source>
        <translation>회차를 선택해 주세요.</translation>
    </message>
    <message>
        <source>Asking for the price …</source>
        <translation>가격을 확인하는 중…</translation>
    </message>
    <message>
        <source>The price stays %1.</source>
        <translation>가격은 %1로 같습니다.</translation>
    </message>
    <message>
        <source>%1 instead of %2: %3 more.</source>
        <translation>%2에서 %1로 바뀝니다: %3 추가.</translation>
    </message>
    <message>
        <source>%1 instead of %2: %3 less.</source>
        <translation>%2에서 %1로 바뀝니다: %3 감소.</translation>
    </message>
    <message>
        <source>There is no other slot within two weeks.</source>
        <translation>앞뒤 2주 안에 다른 회차가 없습니다.</translation>
    </message>
    <message>
        <source>%1: %2 The old place is kept.</source>
        <translation>%1: %2 지금 자리는 유지됩니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::OccupancyView</name>
    <message>
        <source>closed</source>
        <translation>마감</translation>
    </message>
</context>
<context>
    <name>naru::ui::OccurrenceCalendar</name>
    <message>
        <source>No preview yet</source>
        <translation>미리보기 없음</translation>
    </message>
    <message>
        <source>Preview: %1</source>
        <translation>미리보기: %1</translation>
    </message>
    <message>
        <source>nothing changes</source>
        <translation>바뀌는 것 없음</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderBoardPage</name>
    <message>
        <source>Order board</source>
        <translation>주문 보드</translation>
    </message>
    <message>
        <source>%1 · by deadline</source>
        <translation>%1 · 마감순</translation>
    </message>
    <message>
        <source>All vendors · by deadline</source>
        <translation>전체 업체 · 마감순</translation>
    </message>
    <message>
        <source>Accept the chosen orders</source>
        <translation>고른 주문 수락</translation>
    </message>
    <message>
        <source>Move to the next state</source>
        <translation>다음 상태로 옮기기</translation>
    </message>
    <message>
        <source>Ship with tracking number</source>
        <translation>운송장 번호로 발송</translation>
    </message>
    <message>
        <source>Refuse with a reason</source>
        <translation>사유를 적고 거절</translation>
    </message>
    <message>
        <source>Pick or unpick the order</source>
        <translation>주문 선택·해제</translation>
    </message>
    <message>
        <source>Switch between board and table</source>
        <translation>보드와 표 전환</translation>
    </message>
    <message>
        <source>Let the new orders in</source>
        <translation>새 주문 들이기</translation>
    </message>
    <message>
        <source>Search orders</source>
        <translation>주문 찾기</translation>
    </message>
    <message>
        <source>No order matches “%1”.</source>
        <translation>‘%1’에 맞는 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>No orders are open. New ones appear here by themselves.</source>
        <translation>열린 주문이 없습니다. 새 주문은 저절로 나타납니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n new orders above</source>
        <translation>
            <numerusform>새 주문 %n건 위에</numerusform>
        </translation>
    </message>
    <message>
        <source>Search orders, items, customers</source>
        <translation>주문, 상품, 고객 찾기</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>보드</translation>
    </message>
    <message>
        <source>Table V</source>
        <translation>표 V</translation>
    </message>
    <message>
        <source>Board or table</source>
        <translation>보드 또는 표</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderCardDelegate</name>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderDetailPane</name>
    <message>
        <source>Choose an order to see it here.</source>
        <translation>주문을 고르면 여기에 자세히 보입니다.</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>배송</translation>
    </message>
    <message>
        <source>Placed</source>
        <translation>주문 시각</translation>
    </message>
    <message>
        <source>Authorised</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Captured</source>
        <translation>매입</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Order in detail</source>
        <translation>주문 상세</translation>
    </message>
    <message>
        <source>Accept by</source>
        <translation>수락 마감</translation>
    </message>
    <message>
        <source>Ship by</source>
        <translation>발송 마감</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>품목</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>수량</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1</translation>
    </message>
    <message numerus="yes">
        <source>Ship %n orders</source>
        <translation>
            <numerusform>주문 %n건 발송</numerusform>
        </translation>
    </message>
    <message>
        <source>Ship this order</source>
        <translation>이 주문 발송</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>택배사</translation>
    </message>
    <message>
        <source>CJ, Hanjin, Korea Post …</source>
        <translation>CJ, 한진, 우체국 …</translation>
    </message>
    <message>
        <source>Tracking number</source>
        <translation>운송장 번호</translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n orders</source>
        <translation>
            <numerusform>주문 %n건 거절</numerusform>
        </translation>
    </message>
    <message>
        <source>Refuse this order</source>
        <translation>이 주문 거절</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n orders</source>
        <translation>
            <numerusform>주문 %n건 취소</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel this order</source>
        <translation>이 주문 취소</translation>
    </message>
    <message>
        <source>Reason, shown to the customer</source>
        <translation>사유 (고객에게 보입니다)</translation>
    </message>
    <message>
        <source>Shipping fee</source>
        <translation>배송비</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderTableView</name>
    <message>
        <source>Orders as a table</source>
        <translation>주문 표</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 외 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>마감</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>배송</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Start preparing</source>
        <translation>준비 시작</translation>
    </message>
    <message>
        <source>Ship a part</source>
        <translation>일부 발송</translation>
    </message>
    <message>
        <source>Ship</source>
        <translation>발송</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>배송 완료</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>마감 처리</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Cancel order</source>
        <translation>주문 취소</translation>
    </message>
    <message>
        <source>Awaiting acceptance</source>
        <translation>접수 대기</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>발송</translation>
    </message>
    <message>
        <source>No orders wait to be accepted.</source>
        <translation>수락을 기다리는 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing accepted waits to be started.</source>
        <translation>준비를 기다리는 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is being prepared.</source>
        <translation>준비 중인 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is on its way.</source>
        <translation>배송 중인 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing was delivered lately.</source>
        <translation>최근 배송 완료된 주문이 없습니다.</translation>
    </message>
    <message>
        <source>%1 stays in “%2”. Moving it to “%3” was refused: %4</source>
        <translation>%1은(는) ‘%2’에 그대로 있습니다. ‘%3’(으)로 옮길 수 없습니다: %4</translation>
    </message>
</context>
<context>
    <name>naru::ui::OwnSecurityPage</name>
    <message>
        <source>this computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>last seen %1 ago</source>
        <translation>%1 전 사용</translation>
    </message>
    <message>
        <source>In use here</source>
        <translation>지금 사용 중</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1부터</translation>
    </message>
    <message>
        <source>taken over by %1</source>
        <translation>%1 기기가 넘겨받음</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>현재 세션</translation>
    </message>
    <message>
        <source>This password is not accepted: %1 Nothing was changed.</source>
        <translation>이 비밀번호는 쓸 수 없습니다: %1 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>Approved once. A second person has to approve it as well.</source>
        <translation>1차 승인되었습니다. 다른 담당자도 승인해야 합니다.</translation>
    </message>
    <message>
        <source>Sign-in and devices</source>
        <translation>로그인과 기기</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) wait for approval</source>
        <translation>
            <numerusform>승인 대기 기기 %n대</numerusform>
        </translation>
    </message>
    <message>
        <source>Devices of your account</source>
        <translation>내 계정의 기기</translation>
    </message>
    <message>
        <source>Where you were signed in</source>
        <translation>로그인한 곳</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>기기</translation>
    </message>
    <message numerus="yes">
        <source>%n that may act for your account</source>
        <translation>
            <numerusform>내 계정으로 작업할 수 있는 기기 %n대</numerusform>
        </translation>
    </message>
    <message>
        <source>No device is registered yet.</source>
        <translation>아직 등록된 기기가 없습니다.</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>at most one at a time</source>
        <translation>한 번에 하나만</translation>
    </message>
    <message>
        <source>No session is on record.</source>
        <translation>기록된 세션이 없습니다.</translation>
    </message>
    <message>
        <source>It is called %1 now.</source>
        <translation>이름을 %1(으)로 바꿨습니다.</translation>
    </message>
    <message>
        <source>%1 is suspended.</source>
        <translation>%1 기기를 일시 중지했습니다.</translation>
    </message>
    <message>
        <source>%1 may be used again.</source>
        <translation>%1 기기를 다시 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 is removed.</source>
        <translation>%1 기기를 제거했습니다.</translation>
    </message>
    <message>
        <source>%1 is approved.</source>
        <translation>%1 기기를 승인했습니다.</translation>
    </message>
    <message>
        <source>%1 is declined.</source>
        <translation>%1 기기를 거절했습니다.</translation>
    </message>
    <message>
        <source>The session on %1 has ended.</source>
        <translation>%1 기기의 세션을 종료했습니다.</translation>
    </message>
    <message>
        <source>Approve the device that waits</source>
        <translation>대기 중인 기기 승인</translation>
    </message>
    <message>
        <source>Decline the device that waits</source>
        <translation>대기 중인 기기 거절</translation>
    </message>
    <message>
        <source>Rename the device</source>
        <translation>기기 이름 변경</translation>
    </message>
    <message>
        <source>Suspend the device, or allow it again</source>
        <translation>기기 일시 중지 또는 다시 허용</translation>
    </message>
    <message>
        <source>Remove the device</source>
        <translation>기기 제거</translation>
    </message>
    <message>
        <source>End the chosen session</source>
        <translation>고른 세션 종료</translation>
    </message>
    <message>
        <source>Set up the code generator</source>
        <translation>인증 앱 등록</translation>
    </message>
    <message>
        <source>Make new recovery codes</source>
        <translation>복구 코드 새로 발급</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>비밀번호 변경</translation>
    </message>
    <message>
        <source>Read sessions and devices again</source>
        <translation>세션과 기기 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductDetailPane</name>
    <message>
        <source>Product in detail</source>
        <translation>상품 상세</translation>
    </message>
    <message>
        <source>Life cycle</source>
        <translation>생애 주기</translation>
    </message>
    <message>
        <source>Choose a product to see it here.</source>
        <translation>상품을 고르면 여기에 자세히 보입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n options</source>
        <translation>
            <numerusform>옵션 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>변경 전: %1</translation>
    </message>
    <message>
        <source>%1: why?</source>
        <translation>%1 사유</translation>
    </message>
    <message>
        <source>Reason, kept in the history</source>
        <translation>사유 (기록에 남습니다)</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductTableView</name>
    <message>
        <source>Products</source>
        <translation>상품</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductWords</name>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>판매가</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>재고</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>세일</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>세일</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>옵션</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Allocated</source>
        <translation>할당</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>점유</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>안전</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>정가</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>One option</source>
        <translation>단일 옵션</translation>
    </message>
    <message>
        <source>%1 free, %2 allocated, %3 held</source>
        <translation>여유 %1, 할당 %2, 점유 %3</translation>
    </message>
    <message>
        <source>No price</source>
        <translation>가격 없음</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>품절</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>Back to draft</source>
        <translation>초안으로</translation>
    </message>
    <message>
        <source>Submit for review</source>
        <translation>검토 요청</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>되살리기</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Resume sale</source>
        <translation>판매 재개</translation>
    </message>
    <message>
        <source>Start sale</source>
        <translation>판매 시작</translation>
    </message>
    <message>
        <source>Pause sale</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Discontinue</source>
        <translation>단종</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Name (Korean)</source>
        <translation>상품명 (한국어)</translation>
    </message>
    <message>
        <source>Name (English)</source>
        <translation>상품명 (영어)</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>브랜드</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>This is not an amount. Type 42900, +10% or -500.</source>
        <translation>금액이 아닙니다. 42900, +10%, -500처럼 입력하세요.</translation>
    </message>
    <message>
        <source>The amount must be more than 0.</source>
        <translation>0보다 큰 금액이어야 합니다.</translation>
    </message>
    <message>
        <source>The list price must not be below the price.</source>
        <translation>정가는 판매가보다 낮을 수 없습니다.</translation>
    </message>
    <message>
        <source>The name must not be empty.</source>
        <translation>이름은 비울 수 없습니다.</translation>
    </message>
    <message>
        <source>So many are allocated or held already.</source>
        <translation>이미 할당되거나 점유된 수량보다 적습니다.</translation>
    </message>
    <message>
        <source>Free / taken</source>
        <translation>여유 / 사용</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductsPage</name>
    <message numerus="yes">
        <source>%n changes committed.</source>
        <translation>
            <numerusform>변경 %n건을 적용했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The product stays as it was. Moving it to “%1” was refused: %2</source>
        <translation>상품은 그대로입니다. ‘%1’(으)로 옮길 수 없습니다: %2</translation>
    </message>
    <message>
        <source>Edit product</source>
        <translation>상품 편집</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Open the product alone</source>
        <translation>상품만 펼쳐 보기</translation>
    </message>
    <message>
        <source>Edit prices and stock</source>
        <translation>가격·재고 편집</translation>
    </message>
    <message>
        <source>Commit all changes</source>
        <translation>변경 모두 적용</translation>
    </message>
    <message>
        <source>Discard all changes</source>
        <translation>변경 모두 버리기</translation>
    </message>
    <message>
        <source>Search products</source>
        <translation>상품 찾기</translation>
    </message>
    <message>
        <source>No product matches this filter.</source>
        <translation>이 조건에 맞는 상품이 없습니다.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>조건 지우기</translation>
    </message>
    <message>
        <source>There are no products yet.</source>
        <translation>아직 상품이 없습니다.</translation>
    </message>
    <message>
        <source>%1 products</source>
        <translation>%1개</translation>
    </message>
    <message numerus="yes">
        <source>%n new products</source>
        <translation>
            <numerusform>새 상품 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>All states</source>
        <translation>모든 상태</translation>
    </message>
    <message>
        <source>Search code, name, SKU</source>
        <translation>코드, 이름, SKU 찾기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Sale goods</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>Reservations</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Kind of product</source>
        <translation>상품 종류</translation>
    </message>
    <message>
        <source>State of the product</source>
        <translation>상품 상태</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
</context>
<context>
    <name>naru::ui::QueueCard</name>
    <message>
        <source>Arrivals</source>
        <translation>도착</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>결정</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Reservation queue</source>
        <translation>예약 대기열</translation>
    </message>
    <message>
        <source>Decisions per second, last half hour</source>
        <translation>초당 결정 수, 최근 30분</translation>
    </message>
    <message>
        <source>The queue&apos;s figures do not answer; these are the last known.</source>
        <translation>대기열 값이 응답하지 않습니다. 마지막으로 안 값입니다.</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Half of the requests wait less than %1 ms.</source>
        <translation>요청의 절반은 %1 ms보다 짧게 기다립니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::Rail</name>
    <message>
        <source>Naru</source>
        <translation>나루 Naru</translation>
    </message>
    <message>
        <source>Fold or unfold the rail</source>
        <translation>왼쪽 메뉴 접기·펴기</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReservationMonitorPage</name>
    <message>
        <source>today %1 confirmed · %2 cancelled</source>
        <translation>오늘 %1건 · 취소 %2건</translation>
    </message>
    <message>
        <source>Find product or start time</source>
        <translation>상품, 회차 찾기</translation>
    </message>
    <message>
        <source>Filter the calendar</source>
        <translation>예약 현황 거르기</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>예약 현황</translation>
    </message>
    <message>
        <source>sold + held / capacity · stripes: overbooking allowed</source>
        <translation>판매 + 점유 / 정원 · 사선은 초과 예약 허용</translation>
    </message>
    <message>
        <source>Occupancy calendar</source>
        <translation>예약 현황표</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Show from today</source>
        <translation>오늘부터 보기</translation>
    </message>
    <message>
        <source>%1/%2 – %3/%4</source>
        <translation>%1월 %2일 – %3월 %4일</translation>
    </message>
    <message>
        <source>Days from %1 to %2</source>
        <translation>%1부터 %2까지</translation>
    </message>
    <message>
        <source>No product or start time matches “%1”.</source>
        <translation>“%1”에 맞는 상품이나 회차가 없습니다.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>Not up to date: %1</source>
        <translation>최신 값이 아닙니다: %1</translation>
    </message>
    <message>
        <source>Figures of %1, being read again</source>
        <translation>%1 기준 값, 다시 읽는 중</translation>
    </message>
    <message>
        <source>Release the selected hold</source>
        <translation>고른 점유 해제</translation>
    </message>
    <message>
        <source>Extend the selected hold</source>
        <translation>고른 점유 연장</translation>
    </message>
    <message>
        <source>Calendar one day back</source>
        <translation>예약 현황 하루 앞으로</translation>
    </message>
    <message>
        <source>Calendar one day on</source>
        <translation>예약 현황 하루 뒤로</translation>
    </message>
    <message>
        <source>Calendar from today</source>
        <translation>예약 현황 오늘부터</translation>
    </message>
    <message>
        <source>Show new requests</source>
        <translation>새 요청 보기</translation>
    </message>
    <message>
        <source>Read the monitor again</source>
        <translation>모니터 다시 읽기</translation>
    </message>
    <message>
        <source>This hold is no longer open.</source>
        <translation>이미 끝난 점유입니다.</translation>
    </message>
    <message>
        <source>This request is not among the latest.</source>
        <translation>최근 요청에 없는 요청입니다.</translation>
    </message>
    <message>
        <source>Reservations</source>
        <translation>예약 모니터</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>A week or a day earlier; [ goes back one day</source>
        <translation>한 주 또는 하루 이전, [ 하루 이전</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>A week or a day later; ] goes on one day</source>
        <translation>한 주 또는 하루 다음, ] 하루 다음</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Columns: days or hours</source>
        <translation>열: 일 또는 시간</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>회차</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Rows: slots or products</source>
        <translation>행: 회차 또는 상품</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>정원 조정</translation>
    </message>
    <message>
        <source>Change the capacity of the chosen slot</source>
        <translation>선택한 회차의 정원 조정</translation>
    </message>
    <message>
        <source>Hours of %1</source>
        <translation>%1의 시간</translation>
    </message>
    <message>
        <source>No slots on this day.</source>
        <translation>이 날에는 회차가 없습니다.</translation>
    </message>
    <message>
        <source>No slots in these two weeks. A rule makes them.</source>
        <translation>이 2주에는 회차가 없습니다. 규칙을 만들면 회차가 생깁니다.</translation>
    </message>
    <message>
        <source>Make a rule</source>
        <translation>규칙 만들기</translation>
    </message>
    <message>
        <source>Overbook or change the capacity of the chosen slot</source>
        <translation>선택한 회차의 초과 예약·정원 조정</translation>
    </message>
    <message>
        <source>Waiting list of the chosen slot</source>
        <translation>선택한 회차의 대기자</translation>
    </message>
    <message>
        <source>Explain the figure of the chosen slot</source>
        <translation>선택한 회차의 숫자 근거</translation>
    </message>
    <message>
        <source>Bookings of the chosen slot</source>
        <translation>선택한 회차의 예약</translation>
    </message>
    <message>
        <source>Columns are days</source>
        <translation>열을 일 단위로</translation>
    </message>
    <message>
        <source>Columns are the hours of one day</source>
        <translation>열을 하루의 시간 단위로</translation>
    </message>
    <message>
        <source>Rows are slots or products</source>
        <translation>행을 회차 또는 상품으로</translation>
    </message>
    <message>
        <source>Slot rules</source>
        <translation>회차 규칙</translation>
    </message>
    <message>
        <source>Check the stock figures again</source>
        <translation>재고 숫자 다시 점검</translation>
    </message>
    <message>
        <source>This hold is open, but many others end before it.</source>
        <translation>이 점유는 열려 있지만 먼저 끝나는 점유가 많아 목록에 없습니다.</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요하지만 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Your role may look, not change.</source>
        <translation>보기만 할 수 있는 권한입니다.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing has been decided since %1; %n request(s) wait. Calendar, holds and details still work.</source>
        <translation>
            <numerusform>%1부터 배정이 멈췄고 요청 %n건이 기다립니다. 달력, 점유, 상세 화면은 계속 쓸 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>This slot is not among the days shown.</source>
        <translation>표시된 기간에 없는 회차입니다.</translation>
    </message>
    <message>
        <source>Choose a slot in the calendar first.</source>
        <translation>먼저 달력에서 회차를 선택해 주세요.</translation>
    </message>
</context>
<context>
    <name>naru::ui::RuleForm</name>
    <message>
        <source>Daily</source>
        <translation>매일</translation>
    </message>
    <message>
        <source>Weekly</source>
        <translation>매주</translation>
    </message>
    <message>
        <source>Monthly</source>
        <translation>매월</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>반복 주기</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>간격</translation>
    </message>
    <message>
        <source>Days of the month (1, 15, -1 = the last)</source>
        <translation>날짜 (1, 15, -1 = 말일)</translation>
    </message>
    <message>
        <source>Starts at</source>
        <translation>시작 시각</translation>
    </message>
    <message>
        <source>Lasts, minutes</source>
        <translation>소요 시간(분)</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>정원</translation>
    </message>
    <message>
        <source>Booking ends, minutes before</source>
        <translation>예약 마감(시작 몇 분 전)</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>Last day (empty: no end)</source>
        <translation>마지막 날 (비우면 계속)</translation>
    </message>
    <message>
        <source>Except on (days, separated by commas)</source>
        <translation>제외할 날 (쉼표로 구분)</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>시간대</translation>
    </message>
    <message>
        <source>Every … days</source>
        <translation>며칠마다</translation>
    </message>
    <message>
        <source>Every … weeks</source>
        <translation>몇 주마다</translation>
    </message>
    <message>
        <source>Every … months</source>
        <translation>몇 개월마다</translation>
    </message>
    <message>
        <source>Choose at least one day of the week.</source>
        <translation>요일을 하나 이상 선택해 주세요.</translation>
    </message>
    <message>
        <source>Days of the month are numbers from 1 to 31, or -1 for the last.</source>
        <translation>날짜는 1부터 31까지, 말일은 -1로 적습니다.</translation>
    </message>
    <message>
        <source>The start is a time such as 17:30.</source>
        <translation>시작 시각은 17:30처럼 적습니다.</translation>
    </message>
    <message>
        <source>A slot lasts at least a minute.</source>
        <translation>회차는 1분 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A day is written as 2026-11-28.</source>
        <translation>날짜는 2026-11-28처럼 적습니다.</translation>
    </message>
    <message>
        <source>The last day lies before the first.</source>
        <translation>마지막 날이 시작일보다 앞섭니다.</translation>
    </message>
    <message>
        <source>The exceptions are days such as 2026-12-25, separated by commas.</source>
        <translation>제외할 날은 2026-12-25처럼 적고 쉼표로 구분합니다.</translation>
    </message>
    <message>
        <source>This time zone is not known; Korea is Asia/Seoul.</source>
        <translation>알 수 없는 시간대입니다. 한국은 Asia/Seoul입니다.</translation>
    </message>
    <message>
        <source>%1 at %2 for %3 minutes, %4 seats</source>
        <translation>%1 %2에 %3분, 정원 %4</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>%1까지</translation>
    </message>
    <message numerus="yes">
        <source>except on %n day(s)</source>
        <translation>
            <numerusform>%n일 제외</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SeriesChart</name>
    <message>
        <source>Highest: %1. Latest: %2.</source>
        <translation>최고 %1, 최근 %2.</translation>
    </message>
</context>
<context>
    <name>naru::ui::SessionBars</name>
    <message>
        <source>You will be signed out in %1.</source>
        <translation>%1 뒤 자동으로 로그아웃됩니다.</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>계속 사용</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>지금 로그아웃</translation>
    </message>
    <message>
        <source>The maximum session ends in %1. Sign in again now and carry on.</source>
        <translation>최대 사용 시간이 %1 뒤 끝납니다. 지금 다시 로그인하면 작업이 그대로 이어집니다.</translation>
    </message>
    <message>
        <source>Sign in now</source>
        <translation>지금 다시 로그인</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Read-only until verified. Reason: %1</source>
        <translation>보안 확인이 필요하여 읽기 전용으로 전환되었습니다. 사유: %1</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>본인 확인</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>The sign-in service is unreachable. You can work until %1; price publishing, refunds and rights changes are paused.</source>
        <translation>인증 서버에 연결할 수 없습니다. %1까지 계속 작업할 수 있습니다. 가격 게시·환불·권한 변경은 잠시 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>Connection lost. Changes are saved on this device.</source>
        <translation>서버와 연결이 끊겼습니다. 변경 내용은 이 기기에 저장됩니다.</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>다시 연결</translation>
    </message>
    <message>
        <source>You can look at everything and go on typing; what you type is kept on this device. Saving and sending are refused until you have verified that it is you. Support has been told.</source>
        <translation>모든 내용을 볼 수 있고 입력도 계속할 수 있으며, 입력한 내용은 이 기기에 보관됩니다. 본인 확인을 마칠 때까지 저장과 전송은 거부됩니다. 지원 담당자에게 알렸습니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>The sign-in service has not been heard of for %1.</source>
        <translation>인증 서버에서 %1 동안 소식이 없습니다.</translation>
    </message>
    <message>
        <source>Lists, search and ordinary edits go on. What could do harm if your session had been ended meanwhile waits: publishing prices, refunds, payouts, exports, rights and ending sessions. Nothing has to be done here; this line goes away by itself.</source>
        <translation>목록, 검색, 일반 편집은 계속할 수 있습니다. 그사이 세션이 종료되었다면 해가 될 수 있는 작업은 기다립니다: 가격 게시, 환불, 정산, 내보내기, 권한 변경, 세션 종료. 여기서 할 일은 없으며 이 안내는 저절로 사라집니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::SessionCover</name>
    <message>
        <source>An administrator ended this session.</source>
        <translation>관리자가 이 세션을 종료했습니다.</translation>
    </message>
    <message>
        <source>Your session has expired. Please sign in again.</source>
        <translation>인증 세션이 만료되었습니다. 다시 로그인해 주세요.</translation>
    </message>
    <message>
        <source>You were signed out because nothing was done for 30 minutes.</source>
        <translation>30분 동안 사용하지 않아 자동으로 로그아웃되었습니다.</translation>
    </message>
    <message>
        <source>You signed out.</source>
        <translation>로그아웃했습니다.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Sign in here</source>
        <translation>여기서 다시 로그인</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>다시 로그인</translation>
    </message>
    <message>
        <source>Other account</source>
        <translation>다른 계정</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Signing in brings you back to this screen, the selection and the cursor.</source>
        <translation>로그인하면 이 화면, 선택한 칸, 커서 위치로 돌아갑니다.</translation>
    </message>
    <message>
        <source>Sign in again now and carry on.</source>
        <translation>지금 다시 로그인하면 작업이 그대로 이어집니다.</translation>
    </message>
    <message>
        <source>Something went wrong during authentication. Please try again.</source>
        <translation>인증 과정에서 문제가 발생했습니다. 다시 시도해보세요.</translation>
    </message>
    <message>
        <source>This session ended because the account signed in elsewhere:</source>
        <translation>다른 곳에서 로그인되어 이 세션이 종료되었습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Your session has expired (%n-hour limit). Please sign in again.</source>
        <translation>
            <numerusform>인증 세션이 만료되었습니다. 다시 로그인해 주세요. (최대 사용 시간 %n시간)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved changes are kept.</source>
        <translation>
            <numerusform>저장하지 않은 변경 %n건은 보관되어 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved changes are kept safe.</source>
        <translation>
            <numerusform>저장하지 않은 변경 %n건은 안전하게 보관되어 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>코드 %1</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>사유: %1</translation>
    </message>
    <message>
        <source>The new sign-in is limited to reading and support has been told. Sign in here to verify that it is you.</source>
        <translation>새 로그인을 읽기 전용으로 제한하고 지원 담당자에게 알렸습니다. 여기서 로그인하여 본인임을 확인해 주세요.</translation>
    </message>
    <message>
        <source>Sign in now</source>
        <translation>지금 다시 로그인</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Other method</source>
        <translation>다른 방법</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>코드 복사</translation>
    </message>
    <message>
        <source>This was not me</source>
        <translation>제가 아닙니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>문의</translation>
    </message>
    <message>
        <source>The new sign-in will be limited to reading and support will be told. We need to verify you.</source>
        <translation>새 로그인을 읽기 전용으로 제한하고 지원 담당자에게 알립니다. 본인 확인이 필요합니다.</translation>
    </message>
    <message>
        <source>Limit and verify</source>
        <translation>제한하고 본인 확인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>naru::ui::SessionSearchPage</name>
    <message>
        <source>%1 ago</source>
        <translation>%1 전</translation>
    </message>
    <message>
        <source>Reading only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>last seen %1 ago</source>
        <translation>%1 전 사용</translation>
    </message>
    <message>
        <source>The session of %1 had already ended.</source>
        <translation>%1 님의 세션은 이미 끝나 있었습니다.</translation>
    </message>
    <message>
        <source>The session of %1 has ended.</source>
        <translation>%1 님의 세션을 종료했습니다.</translation>
    </message>
    <message>
        <source>The account of %1 is locked.</source>
        <translation>%1 님의 계정을 잠갔습니다.</translation>
    </message>
    <message>
        <source>The account of %1 is open again.</source>
        <translation>%1 님의 계정을 다시 열었습니다.</translation>
    </message>
    <message>
        <source>Asked for. The account of %1 is locked once a second person confirms.</source>
        <translation>요청했습니다. 다른 담당자가 확인하면 %1 님의 계정이 잠깁니다.</translation>
    </message>
    <message>
        <source>You asked for the lock yourself; somebody else has to confirm it. Nothing was changed.</source>
        <translation>잠금을 직접 요청하셨으므로 다른 담당자가 확인해야 합니다. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n건 표시</numerusform>
        </translation>
    </message>
    <message>
        <source>, more below</source>
        <translation>, 아래에 더 있음</translation>
    </message>
    <message>
        <source>Person, device or place</source>
        <translation>사용자, 기기, 주소 찾기</translation>
    </message>
    <message>
        <source>Find sessions</source>
        <translation>세션 찾기</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Displaced</source>
        <translation>교체됨</translation>
    </message>
    <message>
        <source>Ended by force</source>
        <translation>강제 종료</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Which sessions</source>
        <translation>세션 범위</translation>
    </message>
    <message>
        <source>Devices of the account</source>
        <translation>계정의 기기</translation>
    </message>
    <message>
        <source>End session</source>
        <translation>세션 종료</translation>
    </message>
    <message>
        <source>End the session</source>
        <translation>세션 종료</translation>
    </message>
    <message>
        <source>No session fits.</source>
        <translation>맞는 세션이 없습니다.</translation>
    </message>
    <message>
        <source>No session is on record.</source>
        <translation>기록된 세션이 없습니다.</translation>
    </message>
    <message>
        <source>Show all sessions</source>
        <translation>모든 세션 보기</translation>
    </message>
    <message>
        <source>Choose a session to see its account and devices.</source>
        <translation>세션을 고르면 계정과 기기가 보입니다.</translation>
    </message>
    <message>
        <source>Reading only: %1</source>
        <translation>읽기 전용: %1</translation>
    </message>
    <message>
        <source>Began %1, last active %2 ago</source>
        <translation>시작 %1 · 마지막 활동 %2 전</translation>
    </message>
    <message>
        <source>Ended %1</source>
        <translation>종료 %1</translation>
    </message>
    <message>
        <source>Taken over by %1 (%2)</source>
        <translation>%1 기기가 넘겨받음 (%2)</translation>
    </message>
    <message>
        <source>This is your own session.</source>
        <translation>본인의 세션입니다.</translation>
    </message>
    <message>
        <source>Unlock account</source>
        <translation>계정 잠금 해제</translation>
    </message>
    <message>
        <source>Lock account</source>
        <translation>계정 잠금</translation>
    </message>
    <message>
        <source>Unlock the account</source>
        <translation>계정 잠금 해제</translation>
    </message>
    <message>
        <source>Lock the account</source>
        <translation>계정 잠금</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요한 작업인데 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>End the session of %1? The person is told the reason; unsaved edits stay on that computer.</source>
        <translation>%1 님의 세션을 종료할까요? 사유가 본인에게 표시되며, 저장하지 않은 변경은 그 컴퓨터에 남습니다.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Open the account of %1 again?</source>
        <translation>%1 님의 계정을 다시 열까요?</translation>
    </message>
    <message>
        <source>Ask to lock the account of %1? A second person has to confirm.</source>
        <translation>%1 님의 계정 잠금을 요청할까요? 다른 담당자의 확인이 필요합니다.</translation>
    </message>
    <message>
        <source>Lock the account of %1? Its session ends at once.</source>
        <translation>%1 님의 계정을 잠글까요? 세션이 바로 끝납니다.</translation>
    </message>
    <message>
        <source>Lock the account, or unlock it</source>
        <translation>계정 잠금 또는 해제</translation>
    </message>
    <message>
        <source>Read the sessions again</source>
        <translation>세션 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::SettingsSheet</name>
    <message>
        <source>This is not a server address. Example: https://naru.example.com</source>
        <translation>서버 주소가 아닙니다. 예: https://naru.example.com</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>화면 테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Row height</source>
        <translation>줄 높이</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>촘촘하게</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>서버 주소</translation>
    </message>
    <message>
        <source>A new address signs you out and opens the window anew.</source>
        <translation>주소를 바꾸면 로그아웃되고 창이 새로 열립니다.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Naru %1</source>
        <translation>나루 %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::SignInPage</name>
    <message>
        <source>Naru</source>
        <translation>나루 Naru</translation>
    </message>
    <message>
        <source>Operations console</source>
        <translation>마켓 운영 콘솔</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>아이디</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Look around with a demo account</source>
        <translation>데모 계정으로 둘러보기</translation>
    </message>
    <message>
        <source>Change server</source>
        <translation>서버 변경</translation>
    </message>
    <message>
        <source>Service is up</source>
        <translation>서비스 정상</translation>
    </message>
    <message>
        <source>Looking for the server</source>
        <translation>서버 확인 중</translation>
    </message>
    <message>
        <source>Server cannot be reached</source>
        <translation>서버에 연결할 수 없음</translation>
    </message>
    <message>
        <source>Continuing…</source>
        <translation>이어서 로그인하는 중…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>로그인하는 중…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
</context>
<context>
    <name>naru::ui::SignInTalk</name>
    <message>
        <source>Please tell your support team:</source>
        <translation>지원 담당자에게 다음 내용을 알려 주세요.</translation>
    </message>
    <message>
        <source>Support or an administrator can reset your password. Please tell them:</source>
        <translation>비밀번호는 지원 담당자나 관리자가 재설정할 수 있습니다. 다음 내용을 알려 주세요.</translation>
    </message>
    <message>
        <source>The password has to be reset.</source>
        <translation>비밀번호 재설정이 필요합니다.</translation>
    </message>
    <message>
        <source>This action needs extra verification.</source>
        <translation>이 작업에는 추가 인증이 필요합니다.</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>인증</translation>
    </message>
    <message>
        <source>%1&apos;s work is open. Continue as %2 and it is kept for %1.</source>
        <translation>%1님의 작업이 열려 있습니다. %2님으로 계속하면 이 작업은 %1님 것으로 보관됩니다.</translation>
    </message>
    <message>
        <source>Continue as %1</source>
        <translation>%1(으)로 계속</translation>
    </message>
    <message numerus="yes">
        <source>Already signed in: %1, last active %n min ago. Signing in here ends that session.</source>
        <translation>
            <numerusform>이미 다른 곳에서 로그인되어 있습니다: %1, 마지막 활동 %n분 전. 여기서 로그인하면 그 세션은 종료됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>여기서 로그인</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>This account can be used in one place. Sign out on %1 first.</source>
        <translation>이 계정은 한 곳에서만 사용할 수 있습니다. 먼저 %1에서 로그아웃해 주세요.</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>This new device needs approval.</source>
        <translation>새 기기 등록에 승인이 필요합니다.</translation>
    </message>
    <message>
        <source>Enter code</source>
        <translation>인증 코드 입력</translation>
    </message>
    <message>
        <source>Ask for approval</source>
        <translation>승인 요청</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>승인을 기다리고 있습니다</translation>
    </message>
    <message>
        <source>Approve this computer on a device you already use, or ask your manager or support. You are signed in here as soon as it is done.</source>
        <translation>이미 사용 중인 기기에서 이 컴퓨터를 승인하거나, 담당 매니저 또는 지원 담당자에게 요청해 주세요. 승인되면 여기서 바로 로그인됩니다.</translation>
    </message>
    <message numerus="yes">
        <source>Many people are signing in. Retrying in %n s.</source>
        <translation>
            <numerusform>로그인 요청이 많습니다. %n초 후 자동으로 다시 시도합니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n s.</source>
        <translation>
            <numerusform>로그인 시도가 너무 많습니다. %n초 후 다시 시도해 주세요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Set up this computer again?</source>
        <translation>이 컴퓨터를 새로 등록할까요?</translation>
    </message>
    <message>
        <source>It becomes a new device that may need approval. What is kept here for the old one cannot be used any more.</source>
        <translation>승인이 필요할 수 있는 새 기기가 됩니다. 이전 등록으로 여기에 보관된 로그인 정보는 더 이상 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Set up again</source>
        <translation>이 컴퓨터 새로 등록</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Continue without saving</source>
        <translation>이번만 저장하지 않고 계속</translation>
    </message>
    <message>
        <source>No secure storage here. Sign-in is forgotten when you quit.</source>
        <translation>이 기기에는 보안 저장소가 없습니다. 프로그램을 종료하면 로그인 정보가 사라집니다.</translation>
    </message>
    <message>
        <source>Install and start a keyring, such as gnome-keyring with libsecret, or KWallet, then start Naru again. Until then the key of this computer is held in memory only.</source>
        <translation>키링(gnome-keyring과 libsecret, 또는 KWallet)을 설치해 실행한 뒤 나루를 다시 시작해 주세요. 그때까지 이 컴퓨터의 키는 메모리에만 있습니다.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>This device&apos;s keyring is locked. Please unlock it.</source>
        <translation>기기의 보안 저장소(키링)가 잠겨 있습니다. 잠금을 해제해 주세요.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Waiting until it is unlocked…</source>
        <translation>잠금이 해제되기를 기다리고 있습니다…</translation>
    </message>
    <message>
        <source>Something went wrong during authentication. Please try again.</source>
        <translation>인증 과정에서 문제가 발생했습니다. 다시 시도해보세요.</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>코드 %1</translation>
    </message>
    <message>
        <source>Code %1 · request %2</source>
        <translation>코드 %1 · 요청 %2</translation>
    </message>
    <message>
        <source>It went wrong three times. Please copy the code and ask support.</source>
        <translation>세 번 모두 실패했습니다. 코드를 복사해 지원 담당자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>Other method</source>
        <translation>다른 방법</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>코드 복사</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Ask support</source>
        <translation>지원 요청</translation>
    </message>
</context>
<context>
    <name>naru::ui::SlotPane</name>
    <message>
        <source>No slot</source>
        <translation>회차 없음</translation>
    </message>
    <message>
        <source>Sales closed</source>
        <translation>판매 마감</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>매진</translation>
    </message>
    <message>
        <source>Overbooked</source>
        <translation>초과 예약</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1자리 남음</translation>
    </message>
    <message>
        <source>Nothing is offered on this day.</source>
        <translation>이 날에는 회차가 없습니다.</translation>
    </message>
    <message>
        <source>Capacity %1 · sold %2 · held %3 · left %4</source>
        <translation>정원 %1 · 판매 %2 · 점유 %3 · 남음 %4</translation>
    </message>
    <message>
        <source>overbooking allowed %1</source>
        <translation>초과 허용 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n slot(s)</source>
        <translation>
            <numerusform>회차 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Open product</source>
        <translation>상품 열기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close slot details</source>
        <translation>회차 상세 닫기</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>대기 %1</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>정원</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>대기자</translation>
    </message>
    <message>
        <source>Bookings</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>근거</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Explain the figure</source>
        <translation>숫자의 근거 보기</translation>
    </message>
    <message>
        <source>Open the slot rules</source>
        <translation>회차 규칙 열기</translation>
    </message>
    <message>
        <source>Slots of this cell</source>
        <translation>이 칸의 회차</translation>
    </message>
</context>
<context>
    <name>naru::ui::SlotRulesPage</name>
    <message numerus="yes">
        <source>%n slot(s)</source>
        <translation>
            <numerusform>%n회차</numerusform>
        </translation>
    </message>
    <message>
        <source>ended</source>
        <translation>종료됨</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>저장됨: %1</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>종료됨: %1</translation>
    </message>
    <message>
        <source>Slot rules</source>
        <translation>회차 규칙</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>새 규칙</translation>
    </message>
    <message>
        <source>Show all products</source>
        <translation>모든 상품 보기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>규칙 저장</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Put the fields back</source>
        <translation>입력 되돌리기</translation>
    </message>
    <message>
        <source>End the rule</source>
        <translation>규칙 종료</translation>
    </message>
    <message>
        <source>Keep them as they are</source>
        <translation>그대로 유지</translation>
    </message>
    <message>
        <source>Sell no more of them</source>
        <translation>더 판매하지 않기</translation>
    </message>
    <message>
        <source>What it would do</source>
        <translation>적용 미리보기</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>규칙</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>규칙 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>No rule makes slots yet.</source>
        <translation>아직 회차를 만드는 규칙이 없습니다.</translation>
    </message>
    <message>
        <source>Make a rule</source>
        <translation>규칙 만들기</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Choose a rule, or make a new one.</source>
        <translation>규칙을 선택하거나 새로 만드세요.</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요하지만 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Working it out …</source>
        <translation>계산하는 중…</translation>
    </message>
    <message>
        <source>Choose a rule to see what it makes.</source>
        <translation>규칙을 선택하면 만들어질 회차를 보여 줍니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n slot(s) in %1 days</source>
        <translation>
            <numerusform>%1일 동안 %n회차</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>새로 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>변경 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n withdrawn</source>
        <translation>
            <numerusform>철회 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n booked and different</source>
        <translation>
            <numerusform>예약이 있고 다름 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The clock jumps on %n of these days.</source>
        <translation>
            <numerusform>이 가운데 %n일에는 서머타임으로 시계가 바뀝니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n booked slot(s) would differ from the rule. Nothing has been changed yet; what is to become of them?</source>
        <translation>
            <numerusform>예약이 있는 %n회차가 규칙과 달라집니다. 아직 바뀐 것은 없습니다. 이 회차를 어떻게 할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sold, %2 held</source>
        <translation>판매 %1, 점유 %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>외 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>End this rule? It makes no more slots; unbooked ones are withdrawn.</source>
        <translation>이 규칙을 종료할까요? 더는 회차를 만들지 않고, 예약 없는 회차는 철회됩니다.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Edit the chosen rule</source>
        <translation>선택한 규칙 편집</translation>
    </message>
    <message>
        <source>Make a new slot rule</source>
        <translation>새 회차 규칙 만들기</translation>
    </message>
    <message>
        <source>Save the slot rule</source>
        <translation>회차 규칙 저장</translation>
    </message>
    <message>
        <source>Read the rules again</source>
        <translation>규칙 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::StagedBar</name>
    <message>
        <source>Reason for the stock change</source>
        <translation>재고 변경 사유</translation>
    </message>
    <message>
        <source>Stock count</source>
        <translation>재고 실사</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Discard all changes</source>
        <translation>변경 모두 버리기</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Commit all changes</source>
        <translation>변경 모두 적용</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>내 값 유지</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>상대 값 사용</translation>
    </message>
    <message numerus="yes">
        <source>%n changes</source>
        <translation>
            <numerusform>변경 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n products</source>
        <translation>
            <numerusform>상품 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Committing …</source>
        <translation>적용하는 중 …</translation>
    </message>
    <message>
        <source>Somebody changed “%1” meanwhile: yours %2, theirs %3, before %4.</source>
        <translation>그사이 다른 사람이 ‘%1’을(를) 바꿨습니다: 내 값 %2, 상대 값 %3, 처음 %4.</translation>
    </message>
    <message>
        <source>What is left here was not changed. Code: %1</source>
        <translation>여기 남은 변경은 적용되지 않았습니다. 코드: %1</translation>
    </message>
    <message>
        <source>Another product with changes waits for a decision. Choose it in the list.</source>
        <translation>결정을 기다리는 다른 상품이 있습니다. 목록에서 고르세요.</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>처음 값으로</translation>
    </message>
    <message>
        <source>Back to what it was before both</source>
        <translation>둘이 바꾸기 전 값으로 되돌리기</translation>
    </message>
</context>
<context>
    <name>naru::ui::StatePane</name>
    <message>
        <source>Loading…</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
</context>
<context>
    <name>naru::ui::StatusLine</name>
    <message>
        <source>Queue %1</source>
        <translation>대기열 %1</translation>
    </message>
    <message>
        <source>Decisions %1/s</source>
        <translation>결정 %1/s</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>세션 %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::StepUp</name>
    <message>
        <source>This action needs extra verification.</source>
        <translation>이 작업에는 추가 인증이 필요합니다.</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>인증</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>naru::ui::ThemeSegments</name>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
</context>
<context>
    <name>naru::ui::TicketsCard</name>
    <message>
        <source>Held %1</source>
        <translation>점유 %1</translation>
    </message>
    <message>
        <source>Waiting, place %1</source>
        <translation>대기 %1번째</translation>
    </message>
    <message>
        <source>%1 %2 on %3: %4 of %5 taken</source>
        <translation>%1 %2, %3: 정원 %5 중 %4 참</translation>
    </message>
    <message>
        <source>What to do: %1</source>
        <translation>할 일: %1</translation>
    </message>
    <message>
        <source>The first hold in the way ends at %1.</source>
        <translation>앞을 막은 첫 점유는 %1에 끝납니다.</translation>
    </message>
    <message>
        <source>decided in %1 ms</source>
        <translation>%1 ms 만에 결정</translation>
    </message>
    <message>
        <source>Live requests</source>
        <translation>실시간 요청</translation>
    </message>
    <message>
        <source>Selected request</source>
        <translation>고른 요청</translation>
    </message>
    <message>
        <source>No requests yet.</source>
        <translation>아직 요청이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n new request(s)</source>
        <translation>
            <numerusform>새 요청 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, for %2, asked at %3</source>
        <translation>%1, %2명, %3에 요청</translation>
    </message>
</context>
<context>
    <name>naru::ui::TimeBar</name>
    <message>
        <source>falls to %1 in %2 (%3)</source>
        <translation>%2 뒤(%3) %1로 줄어듦</translation>
    </message>
    <message>
        <source>%1 from %3, in %2</source>
        <translation>%2 뒤(%3)부터 %1</translation>
    </message>
    <message>
        <source>from %1: %2</source>
        <translation>%1부터 %2</translation>
    </message>
    <message>
        <source>at first: %1</source>
        <translation>처음 %1</translation>
    </message>
    <message>
        <source>%1, now</source>
        <translation>%1 (지금)</translation>
    </message>
    <message>
        <source>What comes back: %1</source>
        <translation>환불 비율: %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
</context>
<context>
    <name>naru::ui::VariantGrid</name>
    <message>
        <source>Options, stock and prices</source>
        <translation>옵션·재고·가격</translation>
    </message>
</context>
<context>
    <name>naru::ui::WaitlistCard</name>
    <message numerus="yes">
        <source>%1 · %n seat(s)</source>
        <translation>
            <numerusform>%1 · %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1부터</translation>
    </message>
    <message>
        <source>free seats are kept for them</source>
        <translation>빈자리를 이 일행에게 남겨 둠</translation>
    </message>
    <message numerus="yes">
        <source>passed over %n time(s)</source>
        <translation>
            <numerusform>%n번 건너뜀</numerusform>
        </translation>
    </message>
    <message>
        <source>Offered %1</source>
        <translation>제안됨 %1</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>대기자</translation>
    </message>
    <message>
        <source>Nobody waits for this slot.</source>
        <translation>이 회차의 대기자가 없습니다.</translation>
    </message>
    <message>
        <source>Only offered seats can be confirmed.</source>
        <translation>제안된 자리만 확정할 수 있습니다.</translation>
    </message>
    <message>
        <source>Decline the offer</source>
        <translation>제안 거절</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>대기 취소</translation>
    </message>
    <message>
        <source>Taken off by staff</source>
        <translation>운영자가 대기 취소</translation>
    </message>
    <message>
        <source>Confirm the offer</source>
        <translation>제안 확정</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>대기 취소</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Take off the waiting list</source>
        <translation>대기 명단에서 빼기</translation>
    </message>
    <message>
        <source>Close the waiting list</source>
        <translation>대기자 닫기</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
</context>
<context>
    <name>naru::ui::Workspace</name>
    <message>
        <source>Some kept changes could not be read; they were put aside on this computer.</source>
        <translation>보관된 변경 일부를 읽을 수 없어 이 컴퓨터에 따로 두었습니다.</translation>
    </message>
    <message>
        <source>Unsaved changes cannot be kept on this computer at the moment.</source>
        <translation>지금은 저장하지 않은 변경을 이 컴퓨터에 보관할 수 없습니다.</translation>
    </message>
</context>
</TS>
