package io.github.k8sclient.autoconfigure.informer;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps the process alive. All threads of informers and controllers are daemons, so an
 * application that has nothing else would otherwise end right after its start.
 *
 * @since 0.1.0
 */
public final class KeepAliveThread {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private KeepAliveThread() {
	}

	/**
	 * Keep the process alive from now on.
	 * @return ends it
	 */
	public static KeepAliveThread start() {
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

	/**
	 * Let the process end.
	 */
	public void stop() {
		this.stopped.countDown();
	}

}
