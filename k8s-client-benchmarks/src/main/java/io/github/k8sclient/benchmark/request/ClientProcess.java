package io.github.k8sclient.benchmark.request;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * The process of one client: takes orders, answers each with what it measured.
 */
public final class ClientProcess {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private final RequestClient client;

	private ClientProcess(RequestClient client) {
		this.client = client;
	}

	/**
	 * Runs until there are no more orders.
	 * @param args class of the client, URL of the server
	 * @throws Exception if the client fails
	 */
	public static void main(String[] args) throws Exception {
		RequestClient client = (RequestClient) Class.forName(args[0])
			.getDeclaredConstructor(String.class)
			.newInstance(args[1]);
		ClientProcess process = new ClientProcess(client);
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String order = orders.readLine(); order != null; order = orders.readLine()) {
			String[] words = order.split(" ");
			Round round = process.run(Operation.of(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
			System.out.println(round.line());
		}
		System.exit(0);
	}

	private Round run(Operation operation, int parallel, long millis) throws Exception {
		long allocated = allocated();
		long processor = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		long count = this.client.run(operation, parallel, start + TimeUnit.MILLISECONDS.toNanos(millis));
		long nanos = System.nanoTime() - start;
		return new Round(count, nanos, SYSTEM.getProcessCpuTime() - processor, allocated() - allocated);
	}

	/**
	 * Return what all threads that live have allocated.
	 */
	private static long allocated() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(bytes, 0);
		}
		return sum;
	}

}
