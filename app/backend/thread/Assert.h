// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

// In methods of QObjects: the caller stands on the object's own thread.
#define NARU_ASSERT_UI() Q_ASSERT_X(QThread::currentThread() == this->thread(), Q_FUNC_INFO, "called from another thread than the UI's")
#define NARU_ASSERT_BACKEND() Q_ASSERT_X(QThread::currentThread() == this->thread(), Q_FUNC_INFO, "called from another thread than the backend's")
