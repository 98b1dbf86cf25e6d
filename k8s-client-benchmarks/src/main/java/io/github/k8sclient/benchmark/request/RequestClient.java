package io.github.k8sclient.benchmark.request;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A client that is measured, used as its documentation shows. Has a constructor that
 * takes the URL of the server.
 */
public abstract class RequestClient {

	// Daemons, and never gone: what a thread has allocated is only known while it lives
	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Make a request, and wait for its answer.
	 * @param operation the request
	 * @throws Exception if it fails
	 */
	protected abstract void request(Operation operation) throws Exception;

	/**
	 * Make requests for a while.
	 * @param operation the request
	 * @param parallel how many are under way at any time
	 * @param end when to begin no more of them, as {@link System#nanoTime()} tells it
	 * @return how many there were
	 * @throws Exception if one fails
	 */
	protected long run(Operation operation, int parallel, long end) throws Exception {
		List<Future<Long>> counts = new ArrayList<>();
		for (int i = 0; i < parallel; i++) {
			counts.add(this.threads.submit(() -> repeat(operation, end)));
		}
		long count = 0;
		for (Future<Long> each : counts) {
			count += each.get();
		}
		return count;
	}

	private long repeat(Operation operation, long end) throws Exception {
		long count = 0;
		while (System.nanoTime() < end) {
			request(operation);
			count++;
		}
		return count;
	}

}
