package marlab.app.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.app.picture.WorldPicture;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.app.theme.Scheme;
import marlab.learning.train.BadInput;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;

/// Pictures of worlds in a folder, one each and all on a sheet.
final class WorldPictures {

    private static final int SIDE = 360;
    private static final int COLUMNS = 6;
    private static final int STEPS = 12;

    private final Scheme theme;
    private final WorldPicture painter;

    WorldPictures(Scheme theme) {
        this.theme = theme;
        painter = new WorldPicture(new ColourRegistry(Palette.of(theme)), 1);
    }

    void write(List<WorldProvider> worlds, Path folder) {
        String suffix = "-" + theme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
        List<WorldPicture.Captioned> all = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (WorldProvider world : worlds) {
                Map<String, Map<String, String>> cases = new LinkedHashMap<>();
                cases.put("", Map.of());
                cases.putAll(world.examples());
                for (Map.Entry<String, Map<String, String>> each : cases.entrySet()) {
                    EnvOptions options = world.configure(each.getValue());
                    BufferedImage image = painter.of(world, options, SIDE, 1, STEPS);
                    String detail = each.getKey().isEmpty() ? world.name() : each.getKey();
                    all.add(new WorldPicture.Captioned(image, world.title(), detail));
                    String name = each.getKey().replaceAll("[^A-Za-z0-9]+", "-");
                    Path file =
                            folder.resolve(
                                    world.name() + (name.isEmpty() ? "" : "-" + name) + suffix);
                    WorldPicture.write(file, image);
                    System.out.println(file);
                }
            }
            Path sheet = folder.resolve("contact-sheet" + suffix);
            WorldPicture.write(sheet, painter.sheet(all, COLUMNS));
            System.out.println(sheet);
        } catch (IOException e) {
            throw new BadInput(
                    folder + " cannot be written; name another folder for the pictures.", e);
        }
    }
}
