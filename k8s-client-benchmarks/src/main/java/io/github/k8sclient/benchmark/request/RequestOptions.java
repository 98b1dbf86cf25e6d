package io.github.k8sclient.benchmark.request;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The command line of the request benchmark.
 *
 * @param scheme {@code http} for HTTP/1.1, {@code https} for HTTP/2
 * @param clients parts of the names of the clients to measure, none for all of them
 * @param operations the requests to measure
 * @param parallel how many of them are under way at once, one measurement each
 * @param rounds how many rounds there are
 * @param millis how long a client makes requests in a round
 * @param warmupMillis how long it does before the first
 * @param comparison the jar with other clients, {@code null} for none
 * @param jvmOptions options for the processes of the clients
 */
record RequestOptions(String scheme, List<String> clients, List<Operation> operations, List<Integer> parallel,
		int rounds, long millis, long warmupMillis, @Nullable String comparison, List<String> jvmOptions) {

	private static final List<String> NAMES = List.of("scheme", "clients", "operations", "parallel", "rounds", "millis",
			"warmup-millis", "comparison", "jvm-options");

	static RequestOptions parse(String... args) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < args.length; i += 2) {
			String name = args[i].startsWith("--") ? args[i].substring(2) : "";
			if (!NAMES.contains(name) || i + 1 == args.length) {
				throw new IllegalArgumentException("'%s' is not an option with a value; the options are %s"
					.formatted(args[i], NAMES.stream().map((known) -> "--" + known).toList()));
			}
			values.put(name, args[i + 1]);
		}
		return new RequestOptions(values.getOrDefault("scheme", "http"), split(values.getOrDefault("clients", ""), ","),
				Stream.of(values.getOrDefault("operations", "get-pod,create-pod").split(","))
					.map(Operation::of)
					.toList(),
				Stream.of(values.getOrDefault("parallel", "1,64").split(",")).map(Integer::valueOf).toList(),
				Integer.parseInt(values.getOrDefault("rounds", "5")),
				Long.parseLong(values.getOrDefault("millis", "1000")),
				Long.parseLong(values.getOrDefault("warmup-millis", "12000")), values.get("comparison"),
				split(values.getOrDefault("jvm-options", ""), " "));
	}

	private static List<String> split(String text, String separator) {
		return Arrays.stream(text.split(separator)).filter((part) -> !part.isEmpty()).toList();
	}

	boolean selects(String client) {
		return this.clients.isEmpty() || this.clients.stream().anyMatch(client::contains);
	}

}
