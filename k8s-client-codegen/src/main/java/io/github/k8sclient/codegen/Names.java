package io.github.k8sclient.codegen;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java names for JSON names.
 */
final class Names {

	/**
	 * Names that a method without parameters cannot have, because Java or {@link Object}
	 * took them.
	 */
	private static final Set<String> TAKEN = Set.of("abstract", "assert", "boolean", "break", "byte", "case", "catch",
			"char", "class", "const", "continue", "default", "do", "double", "else", "enum", "extends", "final",
			"finally", "float", "for", "goto", "if", "implements", "import", "instanceof", "int", "interface", "long",
			"native", "new", "package", "private", "protected", "public", "return", "short", "static", "strictfp",
			"super", "switch", "synchronized", "this", "throw", "throws", "transient", "try", "void", "volatile",
			"while", "true", "false", "null", "_", "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll",
			"toString", "wait", "builder", "toBuilder", "build");

	private static final Map<String, String> SINGULARS = Map.of("causes", "cause", "hostAliases", "hostAlias", "tls",
			"tls", "volumesAttached", "volumeAttached", "volumesInUse", "volumeInUse");

	private static final Pattern SEPARATED = Pattern.compile("[^A-Za-z0-9]+([A-Za-z0-9])");

	private Names() {
	}

	/**
	 * The name of accessor, builder method and Java field: the JSON name where Java
	 * allows it. Other characters than letters and digits end a word
	 * ({@code x-kubernetes-list-type} is {@code xKubernetesListType}), are dropped at the
	 * start ({@code $ref} is {@code ref}), and a taken name gets an underscore
	 * ({@code continue_}).
	 * @param jsonName the JSON name
	 * @return the Java name
	 */
	static String property(String jsonName) {
		String name = jsonName.replaceFirst("^[^A-Za-z0-9]+", "");
		Matcher matcher = SEPARATED.matcher(name);
		name = decapitalize(matcher.replaceAll((result) -> capitalize(result.group(1))));
		return TAKEN.contains(name) ? name + "_" : name;
	}

	/**
	 * The name of one element of a list or map.
	 * @param name the name of the list or map, such as {@code policies}
	 * @return the singular, such as {@code policy}; the same name when it has none
	 */
	static String singular(String name) {
		String known = SINGULARS.get(name);
		if (known != null) {
			return known;
		}
		if (name.endsWith("ies")) {
			return name.substring(0, name.length() - 3) + "y";
		}
		if (name.matches(".*(ss|us|ch|sh|x)es")) {
			return name.substring(0, name.length() - 2);
		}
		if (name.endsWith("s") && !name.endsWith("ss") && !name.endsWith("us")) {
			return name.substring(0, name.length() - 1);
		}
		return name;
	}

	/**
	 * The name of the method that gives the client of a resource: the plural, spelled
	 * like the kind.
	 * @param kind the kind, such as {@code CSIDriver}
	 * @param plural the resource, such as {@code csidrivers}
	 * @return the name, such as {@code csiDrivers}
	 */
	static String accessor(String kind, String plural) {
		int common = 0;
		while (common < Math.min(kind.length(), plural.length())
				&& Character.toLowerCase(kind.charAt(common)) == plural.charAt(common)) {
			common++;
		}
		String name = kind.substring(0, common) + plural.substring(common);
		int capitals = 0;
		while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
			capitals++;
		}
		int lowered = Math.max(1, capitals - 1);
		return name.substring(0, lowered).toLowerCase(Locale.ROOT) + name.substring(lowered);
	}

	static String capitalize(String name) {
		return Character.toUpperCase(name.charAt(0)) + name.substring(1);
	}

	static String decapitalize(String name) {
		return Character.toLowerCase(name.charAt(0)) + name.substring(1);
	}

}
