package io.github.k8sclient.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The entries of maps in the order in which Go writes them.
 */
final class SortedEntries {

	private SortedEntries() {
	}

	static <V> List<Map.Entry<String, V>> of(Map<String, V> map) {
		List<Map.Entry<String, V>> entries = new ArrayList<>(map.entrySet());
		// most maps come from an API server, which has sorted them
		if (!isSorted(entries)) {
			entries.sort((left, right) -> Utf8.compare(left.getKey(), right.getKey()));
		}
		return entries;
	}

	static <V> List<Map.Entry<String, V>> descending(Map<String, V> map) {
		List<Map.Entry<String, V>> entries = of(map);
		Collections.reverse(entries);
		return entries;
	}

	private static <V> boolean isSorted(List<Map.Entry<String, V>> entries) {
		for (int index = 1; index < entries.size(); index++) {
			if (Utf8.compare(entries.get(index - 1).getKey(), entries.get(index).getKey()) > 0) {
				return false;
			}
		}
		return true;
	}

}
