package io.github.k8sclient.autoconfigure.informer;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps the process alive. All threads of informers are daemons, so an application that
 * only listens to events would otherwise end right after its start.
 */
final class KeepAliveThread {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private KeepAliveThread() {
	}

	static KeepAliveThread start() {
		KeepAliveThread keepAlive = new KeepAliveThread();
		Thread thread = new Thread(keepAlive::awaitStop, "kubernetes-informers");
		thread.setDaemon(false);
		thread.start();
		return keepAlive;
	}

	private void awaitStop() {
		try {
			this.stopped.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void stop() {
		this.stopped.countDown();
	}

}
