package io.github.k8sclient.benchmark.request;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Single requests, one after the other and many at once: how many a client makes per
 * second, and what each costs in processor time and memory, beside other clients of the
 * same language. All talk to one server that does next to nothing, and take turns within
 * each round.
 */
public final class RequestBenchmark {

	private static final Map<String, String> CLIENTS = clients("ours, blocking, JSON", OurClient.Json.class.getName(),
			"ours, blocking, protobuf", OurClient.Protobuf.class.getName(), "ours, reactive, JSON",
			OurClient.ReactiveJson.class.getName(), "ours, reactive, protobuf",
			OurClient.ReactiveProtobuf.class.getName());

	private static final Map<String, String> OTHERS = clients("fabric8",
			"io.github.k8sclient.benchmark.comparison.Fabric8Client", "official",
			"io.github.k8sclient.benchmark.comparison.OfficialClient");

	private final RequestOptions options;

	private final Map<String, ForkedProcess> processes = new LinkedHashMap<>();

	private RequestBenchmark(RequestOptions options) {
		this.options = options;
	}

	/**
	 * Runs the benchmark and prints a line of figures for each client.
	 * @param args {@code [--comparison JAR] [--clients fabric8,official,blocking,JSON…]
	 * [--scheme http|https] [--operations get-pod,create-pod,get-configmap…] [--parallel
	 * 1,64] [--rounds R] [--millis M] [--warmup-millis M] [--jvm-options OPTIONS]}
	 * @throws IOException if a process cannot be talked to
	 */
	public static void main(String[] args) throws IOException {
		new RequestBenchmark(RequestOptions.parse(args)).run();
	}

	private static Map<String, String> clients(String... namesAndClasses) {
		Map<String, String> clients = new LinkedHashMap<>();
		for (int i = 0; i < namesAndClasses.length; i += 2) {
			clients.put(namesAndClasses[i], namesAndClasses[i + 1]);
		}
		return clients;
	}

	private void run() throws IOException {
		String classPath = System.getProperty("java.class.path");
		try (ForkedProcess server = ForkedProcess.start(classPath, CannedServer.class, List.of(),
				this.options.scheme())) {
			String port = server.answer((line) -> line.startsWith("port ")).substring(5);
			String url = this.options.scheme() + "://127.0.0.1:" + port;
			start(classPath, CLIENTS, url);
			if (this.options.comparison() != null) {
				start(this.options.comparison(), OTHERS, url);
			}
			warmUp();
			for (int parallel : this.options.parallel()) {
				for (Operation operation : this.options.operations()) {
					measure(operation, parallel);
				}
			}
		}
		finally {
			this.processes.values().forEach(ForkedProcess::close);
		}
	}

	private void start(String classPath, Map<String, String> clients, String url) throws IOException {
		for (Map.Entry<String, String> client : clients.entrySet()) {
			if (this.options.selects(client.getKey())) {
				this.processes.put(client.getKey(), ForkedProcess.start(classPath, ClientProcess.class,
						this.options.jvmOptions(), client.getValue(), url));
			}
		}
	}

	/**
	 * Have each client make the requests that are measured until its code is compiled.
	 */
	private void warmUp() throws IOException {
		int parallel = this.options.parallel().stream().mapToInt(Integer::intValue).max().orElse(1);
		for (String client : this.processes.keySet()) {
			for (Operation operation : this.options.operations()) {
				round(client, operation, parallel, this.options.warmupMillis() / this.options.operations().size());
			}
		}
	}

	private void measure(Operation operation, int parallel) throws IOException {
		Map<String, List<Round>> rounds = new LinkedHashMap<>();
		for (String client : this.processes.keySet()) {
			round(client, operation, parallel, this.options.millis());
			rounds.put(client, new ArrayList<>());
		}
		for (int i = 0; i < this.options.rounds(); i++) {
			for (Map.Entry<String, List<Round>> client : rounds.entrySet()) {
				client.getValue().add(round(client.getKey(), operation, parallel, this.options.millis()));
			}
		}
		double fastestOther = rounds.entrySet()
			.stream()
			.filter((client) -> OTHERS.containsKey(client.getKey()))
			.mapToDouble((client) -> median(client.getValue(), Round::perSecond))
			.max()
			.orElse(Double.NaN);
		System.out.printf("%s, %d at once%n", operation.option(), parallel);
		System.out.printf("  %-26s %9s %9s %11s %11s %7s%n", "", "median/s", "best/s", "bytes/req", "cpu us/req",
				"ratio");
		rounds.forEach((client, figures) -> System.out.printf("  %-26s %9.0f %9.0f %11.0f %11.1f %7.2f%n", client,
				median(figures, Round::perSecond), figures.stream().mapToDouble(Round::perSecond).max().orElseThrow(),
				median(figures, Round::allocatedPerRequest), median(figures, Round::processorMicros),
				median(figures, Round::perSecond) / fastestOther));
	}

	private Round round(String client, Operation operation, int parallel, long millis) throws IOException {
		ForkedProcess process = this.processes.get(client);
		if (process == null) {
			throw new IllegalStateException(client + " has not been started");
		}
		process.order(operation.option() + " " + parallel + " " + millis);
		return Round.parse(process.answer(Round::isRound));
	}

	private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
		return rounds.stream().mapToDouble(figure).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
	}

}
