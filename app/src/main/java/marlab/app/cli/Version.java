package marlab.app.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Marlab " + (version == null ? "development" : version),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")
        };
    }
}
